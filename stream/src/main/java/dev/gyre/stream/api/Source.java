package dev.gyre.stream.api;

import java.util.List;
import java.util.Optional;

/**
 * Where records come from: any number of partitions, each of which is read by one worker at a time, in order, and can be read on from a position by
 * another. The source itself keeps nothing; every worker makes it anew.
 *
 * @param <T> the records
 */
public interface Source<T> {
    /** The names of all partitions that there are now. */
    List<String> partitions();

    /**
     * Opens a partition.
     *
     * @param position from where, as {@link Partition#position} gave it; absent: from the beginning
     */
    Partition<T> open(String name, Optional<Object> position);

    /**
     * A partition that is being read. For the worker's thread; no method may block for long.
     *
     * @param <T> the records
     */
    interface Partition<T> extends AutoCloseable {
        /**
         * Reads on.
         *
         * @param max how many records to emit at most; more do no harm but cost memory
         * @return what is to be expected next
         */
        Polled poll(Output<T> out, int max);

        /**
         * Whether there is something now, though the last {@link #poll} has told to come later: asked whenever the worker goes on, so it must cost next to nothing. A source that
         * is told of what comes need not be polled in vain.
         */
        default boolean isReady() {
            return false;
        }

        /** Behind what has been emitted, in a type that the job can write: it is kept in snapshots and handed to whoever reads on. */
        Object position();

        /**
         * A snapshot with this position is committed: what is before it will not be asked for again.
         */
        default void committed(Object position) {}

        /** Lets go of it. */
        @Override
        default void close() {}
    }
}
