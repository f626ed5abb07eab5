package dev.gyre.stream.control;

/** What happens to a {@link Coordinator}. */
public sealed interface ControlInput {
    /** This node leads the Raft group. */
    record Leads() implements ControlInput {}

    /** This node does not lead the Raft group, or no longer. */
    record Follows() implements ControlInput {}

    /**
     * An entry was applied to the state, or the state was restored. In the latter case decisions were passed over: a worker at this node that takes
     * part in the generation by the new state cannot know what it has missed, and reports that it failed.
     */
    record StateChanged() implements ControlInput {}

    /** What became of the proposal of this node; the state was told before, if the entry is committed. */
    record ProposalEnded(ProposalOutcome outcome) implements ControlInput {}

    /** What a proposal comes to. */
    enum ProposalOutcome {
        /** It is committed, and applied here. */
        COMMITTED,
        /** It never will be. */
        FAILED,
        /** Nobody can say. */
        UNKNOWN
    }

    /** The state holds all that was committed when {@link ControlOutput#read} was said. */
    record ReadDone() implements ControlInput {}

    /** That cannot be known now. */
    record ReadFailed() implements ControlInput {}

    /** A worker has something to tell. */
    record Reported(int worker, Report report) implements ControlInput {}

    /** A user asks for something. */
    record Requested(Request request) implements ControlInput {}

    /** Time has gone on: several times in each timeout. */
    record Tick() implements ControlInput {}
}
