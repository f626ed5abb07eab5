package dev.gyre.stream.operator;

/** Behind an operator that tells late records from others: two ways on. */
public final class LateSplit {
    private LateSplit() {}

    /** The way of those that are not late. */
    public static final class OnTime extends Operator {
        /** Lets records through that are not late. */
        public OnTime(Operator next) {
            super(next);
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            if (!(value instanceof Late)) {
                next.record(key, hash, value, time);
            }
        }
    }

    /**
     * The way of the late ones. It has no epochs, as its records would be behind them, but the last one; and nobody is to wait for any.
     */
    public static final class TooLate extends Operator {
        private final int side;
        private boolean hasSaidIdle;

        /**
         * Lets late records through, as they were.
         *
         * @param side the number of the input that they came by
         */
        public TooLate(int side, Operator next) {
            super(next);
            this.side = side;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            if (value instanceof Late(var late, int from) && from == side) {
                hasSaidIdle = false;
                next.record(key, hash, late, time);
            }
        }

        @Override
        public void epoch(long time) {
            if (time == Long.MAX_VALUE) {
                next.epoch(time);
            } else {
                idle();
            }
        }

        /** Nothing of time comes there from here. */
        @Override
        public long reached() {
            return Long.MAX_VALUE;
        }

        @Override
        public void news(SourceNews news) {
            next.news(news);
            if (news instanceof SourceNews.Restart) {
                hasSaidIdle = false; // it is to be said again
            }
        }

        @Override
        public void idle() {
            if (!hasSaidIdle) {
                hasSaidIdle = true;
                next.idle();
            }
        }

        @Override
        public void pause() {
            next.pause();
            idle();
        }
    }
}
