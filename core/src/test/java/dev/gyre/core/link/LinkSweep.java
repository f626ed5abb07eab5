package dev.gyre.core.link;

/** Runs over seeds. */
final class LinkSweep {
    private LinkSweep() {}

    /** The first of so many seeds that fails, as {@code seed n: why}; empty when none does. */
    static String firstFailure(int seeds) {
        return firstFailure(0L, seeds);
    }

    /** Likewise of those from one to before another. */
    static String firstFailure(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            try {
                new LinkRun(seed).run();
            } catch (AssertionError | RuntimeException e) {
                return "seed " + seed + ": " + e;
            }
        }
        return "";
    }
}
