package dev.gyre.core.checker;

/** What a counter answers. */
public sealed interface CounterOutput {
    /** The delta was added. */
    record Added() implements CounterOutput {}

    /**
     * The counter's value.
     *
     * @param value the sum of all adds that the node knew of
     */
    record Value(long value) implements CounterOutput {}
}
