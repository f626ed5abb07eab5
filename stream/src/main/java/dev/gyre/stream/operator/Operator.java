package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;

/**
 * One step of a chain. What comes in is handled at once, and what comes of it is given to the next: there is no queue between operators of a chain, and
 * so nothing in it when a barrier has passed. An operator that keeps something is a {@link GroupedOperator}.
 *
 * <p>For the worker's thread.
 */
public abstract class Operator {
    /** The key of records of a stream that has none. */
    public static final Object NO_KEY = new Object() {
        @Override
        public String toString() {
            return "no key";
        }
    };

    /** The event time of records that have none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** What follows; the end of a chain has {@link Nowhere}. Public fields of a chain are final, so that a compiler can see through them. */
    protected final Operator next;

    /** An operator that is followed by another. */
    protected Operator(Operator next) {
        this.next = next;
    }

    /**
     * Takes a record.
     *
     * @param hash {@link dev.gyre.stream.exchange.KeyHash} of the key, of no meaning without one
     * @param time in nanoseconds
     */
    public abstract void record(Object key, int hash, Object value, long time);

    /**
     * Takes records whose keys and values are numbers: as objects, unless an operator has a better way. It has them all at once, so that its loop has nothing of other operators
     * in it.
     *
     * @param numbers may be changed; are not to be kept
     */
    public void numbers(Numbers numbers) {
        long[] cells = numbers.cells;
        for (int i = 0; i < numbers.end(); i += Numbers.WIDTH) {
            record(cells[i], KeyHash.of(cells[i]), cells[i + Numbers.VALUE], cells[i + Numbers.TIME]);
        }
    }

    /** Nothing with this time or an earlier one follows. Times rise strictly. */
    public void epoch(long time) {
        next.epoch(time);
    }

    /** Nothing is known of when the next record comes: nobody is to wait for this stream's epochs. */
    public void idle() {
        next.idle();
    }

    /** Something of the source of this stage. */
    public void news(SourceNews news) {
        next.news(news);
    }

    /**
     * How far time is where this stream goes, as far as it is known here: at the exchanges that are next on its way, which hear of all workers; the least of them counts.
     * {@link #NO_TIME}: of some nothing is known yet; {@link Long#MAX_VALUE}: there are none.
     */
    public long reached() {
        return next.reached();
    }

    /** A batch is over: a moment for what need not be done for each record. What an operator has gathered of the batch it gives on at the latest now. */
    public void pause() {
        next.pause();
    }

    /** No record follows. The last epoch, of {@link Long#MAX_VALUE}, came just before. */
    public void end() {
        next.end();
    }
}
