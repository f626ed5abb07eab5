package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;

/**
 * An operator that gives results as time goes on.
 *
 * <p><b>Time.</b> A result has a time behind every epoch that was sent on before it, always. Where late records are admitted, a result may be corrected for a while,
 * and so that corrections are not late for whoever comes next, epochs go on as much later.
 *
 * <p><b>The frontier</b> is kept in the state of each group, so whoever gets a group, by a rescale or from a snapshot, knows what has been said of it: what is
 * late stays late and nothing is said twice, even if its new owner has not heard of time yet, or must hear of it again.
 *
 * @param <G> the state of a group
 */
public abstract class WindowOperator<G extends WindowOperator.Timed> extends GroupedOperator<G> {
    /** How long a window that is over can be added to, in nanoseconds. */
    protected final long lateness;

    private final boolean keepsLate;
    private long frontier = NO_TIME;
    private long sentOn = NO_TIME;

    /** The state of a group. */
    abstract static class Timed {
        /** How far time was when this group was last told. */
        long frontier;

        Timed(long frontier) {
            this.frontier = frontier;
        }
    }

    /**
     * What all of them have.
     *
     * @param name under which state is found
     * @param lateness how long a window that is over can be added to, in nanoseconds
     * @param keepsLate whether what comes too late goes on, as {@link Late}
     */
    public record Frame(String name, long lateness, boolean keepsLate) {}

    WindowOperator(Frame frame, int groups, Operator next) {
        super(frame.name, groups, next);
        this.lateness = frame.lateness;
        this.keepsLate = frame.keepsLate;
    }

    /** Gives what is due in a group at a time that is behind its frontier, and forgets what is over. */
    abstract void advance(G group, long time);

    /** How far time is, for a group that begins now. */
    protected final long frontierHere() {
        return frontier;
    }

    /** Whether what comes too late goes on, as {@link Late}. */
    protected final boolean keepsLate() {
        return keepsLate;
    }

    @Override
    public void epoch(long time) {
        frontier = Math.max(frontier, time);
        forEachOwned(group -> {
            if (time > group.frontier) {
                group.frontier = time;
                advance(group, time);
            }
        });
        long on = time == Long.MAX_VALUE ? time : EventTime.minus(time, lateness);
        if (on > sentOn) {
            sentOn = on;
            next.epoch(on);
        }
    }

    /** A record came too late. */
    protected final void late(Object key, int hash, Object value, long time) {
        if (keepsLate) {
            next.record(key, hash, new Late(value), time);
        }
    }
}
