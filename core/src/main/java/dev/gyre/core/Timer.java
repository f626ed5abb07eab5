package dev.gyre.core;

import java.time.Duration;

/** A timer that was set with {@link Timers}. For the node's thread only. */
public interface Timer {
    /** Stops the timer: it does not fire again, even if it is due. Nothing happens when it is stopped already. */
    void cancel();

    /** Starts the timer anew from now with the delay or period that it has, whether it has fired, was stopped or runs. */
    void reset();

    /** Starts the timer anew from now with another delay or period. */
    void reset(Duration delay);

    /** Whether the timer will fire. */
    boolean isActive();
}
