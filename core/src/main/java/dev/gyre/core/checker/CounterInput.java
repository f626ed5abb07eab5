package dev.gyre.core.checker;

/** What a client asks of a counter. */
public sealed interface CounterInput {
    /**
     * Add to the counter.
     *
     * @param delta how much; below 0 only for counters that may shrink
     */
    record Add(long delta) implements CounterInput {}

    /**
     * Read the counter.
     *
     * @param isFinal whether the read was made at the end, when the network had healed and all adds were over: {@link
     *     CounterChecker} judges only these
     */
    record Read(boolean isFinal) implements CounterInput {}
}
