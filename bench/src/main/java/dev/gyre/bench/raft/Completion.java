package dev.gyre.bench.raft;

/** Told, on any thread and once, what became of an operation. Must not block. */
@FunctionalInterface
public interface Completion {
    /**
     * The operation has ended.
     *
     * @param committed true once it was committed and applied by the leader; false if it failed or nobody knows
     */
    void done(boolean committed);
}
