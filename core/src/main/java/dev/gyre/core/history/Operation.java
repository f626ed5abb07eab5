package dev.gyre.core.history;

import dev.gyre.core.Outcome;

/**
 * One operation of a client, from its invocation to its outcome.
 *
 * @param <I> what is asked for, such as {@code Add(5)} or {@code Read()}
 * @param <O> what is answered
 * @param index the place of the operation in its history, in order of invocation, from 0
 * @param process the logical process that invoked it: one does a single operation at a time, and none after one whose
 *     outcome is unknown
 * @param input what was asked for
 * @param invokedNanos when, in nanoseconds since the run began
 * @param outcome what became of it
 * @param completedNanos when that was known, in the same measure; for an unknown outcome, when waiting ended
 */
public record Operation<I, O>(
        int index, int process, I input, long invokedNanos, Outcome<O> outcome, long completedNanos) {
    /** Rejects an operation that ends before it begins. */
    public Operation {
        if (completedNanos < invokedNanos) {
            throw new IllegalArgumentException("operation " + index + " of process " + process + " completes at "
                    + completedNanos + " ns, before its invocation at " + invokedNanos + " ns");
        }
    }

    /** Whether the operation was served. */
    public boolean isOk() {
        return outcome instanceof Outcome.Ok<O>;
    }

    /** Whether nobody knows if the operation happened. */
    public boolean isUnknown() {
        return outcome instanceof Outcome.Unknown<O>;
    }
}
