package dev.gyre.stream.worker;

import dev.gyre.stream.control.ControlState;
import java.util.Optional;

/**
 * Which life of a worker this is. It begins when its node knows all that was decided before, and then has a number above those of all lives before it; until then,
 * and so while a log is read again, nothing that is decided is for it.
 */
final class Life {
    private final ControlState state;
    private final int me;
    /** 0 until it begins. */
    private long incarnation;

    private boolean isRegistered;

    Life(ControlState state, int me) {
        this.state = state;
        this.me = me;
    }

    /** The number; of no meaning before it begins. */
    long incarnation() {
        return incarnation;
    }

    boolean hasBegun() {
        return incarnation > 0;
    }

    /**
     * All that was decided before is known.
     *
     * @param nowNanos rises from life to life on most hosts: so what an earlier life has said, and comes late, is told from this one
     */
    void begin(long nowNanos) {
        incarnation = Math.max(nowNanos, lastKnown() + 1);
    }

    private long lastKnown() {
        return state.incarnation(me).orElse(0L);
    }

    /** Begins the next life if another than this one is known, or this one was given up. Whether it did. */
    boolean renew() {
        boolean isOver =
                hasBegun() && (lastKnown() > incarnation || (lastKnown() == incarnation && !state.isAlive(me)));
        if (isOver) {
            incarnation = lastKnown() + 1;
        }
        return isOver;
    }

    /** Whether this life is the one that is known of the worker. */
    boolean isKnown() {
        return hasBegun() && state.incarnation(me).equals(Optional.of(incarnation));
    }

    /** Whether this is the first life at this node that is known; once. */
    boolean isFirstKnown() {
        boolean isFirst = !isRegistered && isKnown();
        isRegistered |= isFirst;
        return isFirst;
    }
}
