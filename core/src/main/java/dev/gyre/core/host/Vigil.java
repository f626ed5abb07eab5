package dev.gyre.core.host;

/**
 * How long a node that has nothing to do stays awake before it sleeps. To be woken costs some 25 µs on a machine whose idle
 * processors halt, more than most steps; so a node looks for messages for a while first, and yields its processor after each
 * look, since whoever is to send something may need this very one.
 *
 * <p>A yield is polite to whoever it is: where another program wants the processor all the time, the node gets it back only after
 * that one's whole share, some milliseconds, while a thread that sleeps and is woken gets it at once. So a yield that took
 * suspiciously long is followed by a time without vigils, in proportion: then what is lost to them stays small whatever else
 * runs.
 *
 * <p>Knows no clock. For the node's thread.
 */
final class Vigil {
    /** Other nodes' turns are mostly shorter; the share of a program that wants all is longer. */
    static final long CROWDED_NANOS = 100_000;

    /** Slow yields may cost about a fortieth of the time on a machine that others keep busy. */
    static final long SLEEPS_FOR_A_LOSS = 40;

    /** No share of another program is longer. A process that was stopped for minutes tells nothing about the time after. */
    static final long MAX_LOSS_NANOS = 25_000_000;

    private final long nanos;
    private long lastLossNanos;
    private long lostAtNanos;

    /**
     * @param nanos how long a vigil is, at least zero
     */
    Vigil(long nanos) {
        this.nanos = nanos;
    }

    /** When a vigil that begins now has to end; now, if there is to be none. */
    long endNanos(long nowNanos) {
        boolean isCrowded = nowNanos - lostAtNanos < SLEEPS_FOR_A_LOSS * lastLossNanos;
        return isCrowded ? nowNanos : nowNanos + nanos;
    }

    /** Takes note of how long a yield took; says whether the vigil may go on. */
    boolean goesOn(long beforeNanos, long afterNanos) {
        long tookNanos = afterNanos - beforeNanos;
        if (tookNanos < CROWDED_NANOS) {
            return true;
        }
        lastLossNanos = Math.min(tookNanos, MAX_LOSS_NANOS);
        lostAtNanos = afterNanos;
        return false;
    }
}
