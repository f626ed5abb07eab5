package dev.gyre.raft.core;

/**
 * An entry of the log. One object is shared by the log, writes, messages and what is applied, so values must not change.
 *
 * @param <E> what the application replicates; opaque here
 */
public sealed interface Entry<E> {
    /** What an entry counts besides its value, so that limits in bytes bound empty entries too. */
    int OVERHEAD_BYTES = 32;

    /** Its index, from 1. */
    long index();

    /** The term of the leader that made it, from 1. */
    long term();

    /** What it counts against limits, in bytes. */
    default long countedBytes() {
        return OVERHEAD_BYTES;
    }

    /** A value of the application, and its size in bytes as the application counts it. */
    record Data<E>(long index, long term, E value, int sizeBytes) implements Entry<E> {
        @Override
        public long countedBytes() {
            return OVERHEAD_BYTES + (long) sizeBytes;
        }
    }

    /** Nothing: appended at the start of each term, so that what earlier terms left is committed (thesis §3.6.2, §6.4). */
    record NoOp<E>(long index, long term) implements Entry<E> {}

    /** The members from here on; in force as soon as it is in a log, committed or not (thesis §4.1). */
    record Configuration<E>(long index, long term, Membership membership) implements Entry<E> {}
}
