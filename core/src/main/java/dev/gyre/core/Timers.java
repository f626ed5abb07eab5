package dev.gyre.core;

import java.time.Duration;

/**
 * Timers that send signals to a service. Those of one moment fire in the order in which they were set. For the node's
 * thread only.
 *
 * @param <S> the signals that the service takes
 */
public interface Timers<S> {
    /**
     * A timer that fires once.
     *
     * @param delay from now, at least zero
     */
    Timer after(Duration delay, S signal);

    /**
     * A timer that fires again and again, first after one period. When the node was busy for several periods it fires
     * once for all of them.
     *
     * @param period above zero
     */
    Timer every(Duration period, S signal);
}
