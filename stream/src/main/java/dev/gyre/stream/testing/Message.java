package dev.gyre.stream.testing;

import dev.gyre.stream.exchange.Item;

/** What goes into an exchange or a stage and comes out of it, one at a time. */
public sealed interface Message {
    /**
     * A record.
     *
     * @param time in nanoseconds; {@link Long#MIN_VALUE} when it has none
     */
    record Data(Object key, Object value, long time) implements Message {}

    /** What is no record. */
    record Control(Item.Control item) implements Message {}

    /** A record without a time. */
    static Message data(Object key, Object value) {
        return new Data(key, value, Long.MIN_VALUE);
    }

    /** A record with an event time in nanoseconds. */
    static Message data(Object key, Object value, long time) {
        return new Data(key, value, time);
    }

    /** Nothing with this time, in nanoseconds, or an earlier one follows. */
    static Message epoch(long time) {
        return new Control(new Item.Epoch(time));
    }

    /** What came before belongs to a snapshot, what follows does not. */
    static Message barrier(long snapshot) {
        return new Control(new Item.Barrier(1, snapshot));
    }

    /** The sender stops here. */
    static Message suspend() {
        return new Control(new Item.Suspend(1));
    }

    /** The sender does not know when its next record comes. */
    static Message idle() {
        return new Control(new Item.Idle());
    }

    /** No record follows. */
    static Message end() {
        return new Control(new Item.End());
    }
}
