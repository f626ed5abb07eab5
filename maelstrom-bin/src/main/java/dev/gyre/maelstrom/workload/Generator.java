package dev.gyre.maelstrom.workload;

import java.util.Optional;

/** Makes operations, on demand. */
@FunctionalInterface
public interface Generator<I> {
    /**
     * The next operation for a worker that is free.
     *
     * @param worker from 0; the same number always talks to the same node
     * @return nothing when the worker is to do no more
     */
    Optional<I> next(int worker);
}
