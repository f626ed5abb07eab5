package dev.gyre.stream.worker;

import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import java.util.Optional;

/** One worker says what partitions there are. */
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
