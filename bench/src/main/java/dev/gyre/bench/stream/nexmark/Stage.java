package dev.gyre.bench.stream.nexmark;

import java.util.function.Consumer;

/**
 * An operator of windows that knows no engine: it sums up what it takes in, in tables of its own, until time is behind the end of a window. Peers use it
 * before the exchange, where each source has an own one, or with all of what Jet's core API allows. For one thread.
 *
 * @param <I> what it takes in
 * @param <O> what comes of it
 */
public interface Stage<I, O> {
    /** Takes something in. */
    void accept(I input);

    /** Gives what came of windows that end then or earlier, and forgets it. */
    void flush(long endMillis, Consumer<? super O> out);

    /** Whether nothing is left that a later flush would give. */
    boolean isEmpty();
}
