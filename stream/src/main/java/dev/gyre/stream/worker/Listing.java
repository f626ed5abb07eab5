package dev.gyre.stream.worker;

import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.control.PartitionOwner;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import java.util.List;
import java.util.Optional;

/** What partitions there are, which one worker says, and where they are read, which is then decided. */
final class Listing {
    private final Plan plan;
    private final ControlState state;
    private final int me;

    Listing(Plan plan, ControlState state, int me) {
        this.plan = plan;
        this.state = state;
        this.me = me;
    }

    boolean isMine() {
        return state.lister().equals(Optional.of(me));
    }

    /** A generation begins at a worker, with the partitions that are assigned by now. */
    void begin(Worker here, List<PartitionOwner> owners) {
        for (var stage : plan.stages()) {
            if (stage.root().part() instanceof Vertex.Part.Reads) {
                here.partitionsAssigned(stage.root().name(), false);
            }
        }
        open(here, owners);
    }

    /** Partitions are assigned. */
    void open(Worker here, List<PartitionOwner> owners) {
        for (var owner : owners) {
            here.partitionsAssigned(owner.id().source(), true);
            if (owner.owner() == me) {
                here.openPartition(owner.id().source(), owner.id().partition());
            }
        }
    }

    /** Tells of each source that may have more. Asks the user's code. */
    void tell(Reports reports) {
        for (var stage : plan.stages()) {
            var name = stage.root().name();
            if (stage.root().part() instanceof Vertex.Part.Reads(var source) && !state.isClosed(name)) {
                reports.once(new Report.PartitionsListed(state.generation(), name, source.partitions(), true));
            }
        }
    }
}
