package dev.gyre.maelstrom.report;

import java.util.ArrayList;
import java.util.List;

/** Where a value stands between the ends of an axis, and what is written along it. */
sealed interface Scale {
    /** 0 at the start of the axis, 1 at its end; values beyond an end are put there. */
    double fraction(double value);

    /** The marks of the axis, ascending. */
    List<Tick> ticks();

    /** A mark of an axis. */
    record Tick(double value, String label) {}

    /**
     * From 0 up, with marks at round numbers.
     *
     * @param end the end of the axis, above 0
     * @param step the distance between marks: 1, 2 or 5 times a power of ten
     */
    record Linear(double end, double step) implements Scale {
        /** An axis that ends at that value or, when there is none, at 1. */
        static Linear upTo(double value, int marks) {
            double end = value > 0 ? value : 1;
            return new Linear(end, roundUp(end / marks));
        }

        /** The same axis, ending at a mark. */
        Linear endingAtMark() {
            return new Linear(Math.ceil(end / step - 1e-9) * step, step);
        }

        @Override
        public double fraction(double value) {
            return Math.clamp(value / end, 0, 1);
        }

        @Override
        public List<Tick> ticks() {
            int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
            var ticks = new ArrayList<Tick>();
            for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
                ticks.add(new Tick(i * step, String.format(java.util.Locale.ROOT, "%,." + decimals + "f", i * step)));
            }
            return ticks;
        }

        /** The next number that is 1, 2 or 5 times a power of ten. */
        static double roundUp(double value) {
            double power = Math.pow(10, Math.floor(Math.log10(value)));
            for (int factor : new int[] {1, 2, 5}) {
                if (value <= factor * power * (1 + 1e-9)) {
                    return factor * power;
                }
            }
            return 10 * power;
        }
    }

    /**
     * Nanoseconds by powers of ten, a mark each.
     *
     * @param from the power at the start
     * @param to the power at the end, larger
     */
    record LogNanos(int from, int to) implements Scale {
        /** Below a microsecond no clock of a run can be believed. */
        private static final int FROM_MIN = 3;

        /** The powers of ten around a range of nanoseconds. */
        static LogNanos around(long min, long max) {
            int from = (int) Math.floor(Math.log10((double) Math.max(min, 1_000)) + 1e-9);
            int to = (int) Math.ceil(Math.log10((double) Math.max(max, 1_000)) - 1e-9);
            int start = Math.max(FROM_MIN, from);
            return new LogNanos(start, Math.max(start + 1, to));
        }

        @Override
        public double fraction(double nanos) {
            return nanos <= 0 ? 0 : Math.clamp((Math.log10(nanos) - from) / (to - from), 0, 1);
        }

        @Override
        public List<Tick> ticks() {
            var ticks = new ArrayList<Tick>();
            for (int power = from; power <= to; power++) {
                ticks.add(new Tick(Math.pow(10, power), Numbers.duration((long) Math.pow(10, power))));
            }
            return ticks;
        }
    }
}
