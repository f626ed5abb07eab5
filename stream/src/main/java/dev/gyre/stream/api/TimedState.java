package dev.gyre.stream.api;

import java.util.OptionalLong;

/**
 * What is known of the key at hand, with the one timer that it may have. For the worker's thread, and only while the function runs.
 *
 * @param <S> the state: not to be changed, but replaced
 */
public interface TimedState<S> extends State<S> {
    /** The event time of the record at hand, in nanoseconds; while a timer rings, the one that it was set to. */
    long time();

    /** How far event time is: nothing at or before it is still to come, unless late. {@link Long#MIN_VALUE} before anything is known of it. */
    long frontier();

    /** When the timer of the key rings; absent when none is set. It is set no more when it rings. */
    OptionalLong timer();

    /**
     * Sets the timer of the key, in place of the one that was set before. It rings when event time has come to it; where it has already, with the next epoch.
     *
     * @param time in nanoseconds of event time
     */
    void timerAt(long time);

    /** The timer of the key does not ring. */
    void noTimer();

    /** Forgets the key, and its timer. */
    @Override
    void clear();
}
