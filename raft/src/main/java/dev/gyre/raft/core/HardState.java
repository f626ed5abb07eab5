package dev.gyre.raft.core;

/**
 * What must be durable before anything that follows from it is said: the current term, and who got the vote in it (figure 3.1 of the
 * thesis, "persistent state").
 *
 * @param votedFor a node, or {@link #NO_VOTE}
 */
public record HardState(long term, String votedFor) {
    /** No vote given in this term. */
    public static final String NO_VOTE = "";

    /** Before the first term. */
    public static final HardState INITIAL = new HardState(0, NO_VOTE);

    /** A state; its term is not negative. */
    public HardState {
        if (term < 0) {
            throw new IllegalArgumentException("term " + term + " is negative");
        }
    }
}
