package dev.gyre.bench.stream;

/** The five stateless operators, as functions of numbers. */
public final class Steps {
    /** What {@link #all} gives for what was filtered; nothing else gives it. */
    public static final long DROPPED = Long.MIN_VALUE;

    private Steps() {}

    /** The first map. */
    public static long shrink(long number) {
        return number >>> 3;
    }

    /** The first filter. */
    public static boolean isNoMultipleOf16(long number) {
        return (number & 15) != 0;
    }

    /** The second map. */
    public static long scramble(long number) {
        return (number * 31 + 7) >>> 1;
    }

    /** The second filter. */
    public static boolean isNoMultipleOf5(long number) {
        return number % 5 != 0;
    }

    /** The third map. */
    public static long fold(long number) {
        return number ^ (number >>> 7);
    }

    /** All of them. */
    public static long all(long number) {
        long shrunk = shrink(number);
        if (!isNoMultipleOf16(shrunk)) {
            return DROPPED;
        }
        long scrambled = scramble(shrunk);
        return isNoMultipleOf5(scrambled) ? fold(scrambled) : DROPPED;
    }
}
