package dev.gyre.raft.core;

/** What became of a read. */
public sealed interface ReadOutcome {
    /** The ticket of the {@link Input.Read}. */
    long ticket();

    /** Serve it from the state that has applied at least {@code index}; with this output's entries applied, that holds. */
    record Ready(long ticket, long index) implements ReadOutcome {}

    /** It was not confirmed. Safe to ask again, here or at the leader. */
    record Failed(long ticket, String reason) implements ReadOutcome {}
}
