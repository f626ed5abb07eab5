package dev.gyre.maelstrom.process;

/** Where seeds come from when nobody names one. */
public final class Entropy {
    /** Seeds that people can read out and type. */
    private static final long SEED_MAX = 1_000_000_000L;

    private Entropy() {}

    /** A number that is another in each run, from 0 to below a thousand million. */
    public static long seed() {
        long mixed = System.nanoTime() * 0x9E3779B97F4A7C15L
                ^ ProcessHandle.current().pid() * 0xD1B54A32D192ED03L;
        return Math.floorMod(mixed >>> 20, SEED_MAX);
    }
}
