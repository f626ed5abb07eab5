package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is committed, in order, with a state that has applied it all: each entry is checked as it comes, and the state after it kept as bytes. */
final class SimulatedLog {
    /** A committed entry, and what it came to. */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(ControlEntry entry, List<Decision> decisions, byte[] stateAfter) {}

    private final List<Line> lines = new ArrayList<>();
    private final ControlState state;
    private final Oracle oracle;
    private byte[] stateBefore;

    SimulatedLog(int groups, SimulatedWorld world) {
        this.state = new ControlState(groups);
        this.stateBefore = state.encode();
        this.oracle = new Oracle(world);
    }

    Oracle oracle() {
        return oracle;
    }

    ControlState state() {
        return state;
    }

    int size() {
        return lines.size();
    }

    Line line(int index) {
        return lines.get(index);
    }

    /** Commits an entry, as it is after its journey. */
    void commit(ControlEntry proposed) {
        var entry = Codecs.journey(proposed);
        var before = List.copyOf(state.partitions());
        var decisions = state.apply(entry);
        var bytes = state.encode();
        if (decisions.getFirst() instanceof Decision.Refused && !Arrays.equals(stateBefore, bytes)) {
            throw new AssertionError(entry + " was refused and changed the state");
        }
        stateBefore = bytes;
        lines.add(new Line(entry, decisions, bytes));
        oracle.check(entry, decisions, state, before);
        // What goes on is what came back from bytes; the nodes have what was never bytes, and are compared with it.
        state.restore(bytes);
    }
}
