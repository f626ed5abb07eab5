package dev.gyre.core.checker;

/** What a client asks of totals by windows of time. */
public sealed interface WindowInput {
    /** Add to the total of the window that it is now. */
    record Add(long value) implements WindowInput {}

    /**
     * Read the totals of the windows that are over.
     *
     * @param isFinal whether all windows with adds were to be over: then those that are not shown are lost
     */
    record Read(boolean isFinal) implements WindowInput {}
}
