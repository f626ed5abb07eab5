package dev.gyre.raft.core;

import java.util.Optional;

/** The answer to a proposal, a transfer or a membership change, in the output of the same step. */
public sealed interface Answer {
    /**
     * The values are in the leader's log, at these indices in this term. Not yet committed: each will be among the committed entries
     * with the same index and term, or a {@link Notice} tells otherwise.
     */
    record Accepted(long term, long firstIndex, long lastIndex) implements Answer {}

    /** It has begun. */
    record Started() implements Answer {}

    /** Not here. Nothing was done. */
    record NotLeader(Optional<String> leader) implements Answer {}

    /** Not now: too much waits already, or leadership is being handed over. Nothing was done; try again later. */
    record Overloaded(String reason) implements Answer {}

    /** Not like this. Nothing was done, and trying again will not help. */
    record Refused(String reason) implements Answer {}
}
