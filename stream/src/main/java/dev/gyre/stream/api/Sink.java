package dev.gyre.stream.api;

import java.util.List;
import java.util.Optional;

/**
 * Where records go. Each worker opens a writer of its own.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface Sink<T> {
    /** Opens the writer of a worker, at the beginning of a generation. */
    Writer<T> open(Context context);

    /**
     * What a writer knows from its start.
     *
     * @param worker whose it is
     * @param generation the run of the job between two recoveries; rises
     * @param prepared what writers had {@linkplain Writer#prepare prepared} for the snapshot that was restored: each is given to one writer, and is to be
     *     committed if it is not yet
     */
    record Context(int worker, long generation, List<Object> prepared) {
        /** The prepared are not changed. */
        public Context {
            prepared = List.copyOf(prepared);
        }
    }

    /**
     * Writes the records of one worker. For its thread; no method may block for long.
     *
     * @param <T> the records
     */
    interface Writer<T> extends AutoCloseable {
        /** Writes a record. */
        void write(T value, long time);

        /** Whether it can take more; when not, the worker waits and asks again a millisecond later, and those before it wait too. */
        default boolean isReady() {
            return true;
        }

        /** The worker has nothing more at the moment: a time to hand on what is buffered. */
        default void flush() {}

        /**
         * Makes durable what was written since the last snapshot, but shows it to nobody: if the snapshot is not committed, it never was.
         *
         * <p>What was prepared for earlier snapshots that came to nothing is shown with this one.
         *
         * @return for it and those, what {@link #committed} or another life of the writer needs to commit it, in a type that the job can write; absent when there is nothing
         */
        default Optional<Object> prepare(long snapshot) {
            return Optional.empty();
        }

        /** The snapshot is committed: what was prepared for it, and for those before it, is to be shown. May be said again. */
        default void committed(long snapshot) {}

        /**
         * Shows what the writer of a worker that has left had prepared: the snapshot that it is in is committed. May be said again.
         *
         * @param prepared by another writer of this sink
         */
        default void commit(Object prepared) {}

        /** Lets go of everything. What was not prepared is dropped. */
        @Override
        default void close() {}
    }
}
