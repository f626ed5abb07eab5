package dev.gyre.stream.api;

/**
 * What is done with each record of a keyed stream, and when a time has come, with what is known of the key. The same object serves all keys and may serve several workers: it
 * keeps nothing itself.
 *
 * <p>Each key has one timer at most, of event time, which belongs to its state: it is in snapshots, and goes where the key goes. Who needs several keeps their times in the state and sets the
 * earliest.
 *
 * @param <K> the keys
 * @param <T> the records
 * @param <S> the state of a key
 * @param <O> what comes of it
 */
public interface TimedFunction<K, T, S, O> {
    /** Takes a record. Late ones come too: they have times at or before the {@linkplain TimedState#frontier frontier}. */
    void apply(K key, T value, TimedState<S> state, Output<O> out);

    /**
     * The timer of a key rings, before the epoch that has come to it goes on; timers of one key group in order of time. It may be set again: to a time behind its own and not behind this epoch, it rings at once; to its own or an
     * earlier one, with the next epoch.
     *
     * <p>When all sources have ended, all timers ring once, and those that are set then do not.
     *
     * @param out values that are emitted without a time have that of the timer; where the timer was set too late for that, the earliest that is not late
     */
    void ring(K key, TimedState<S> state, Output<O> out);
}
