package dev.gyre.maelstrom.schedule;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random streams forked from one seed, one a purpose: drawing more from one leaves the others as they were.
 *
 * @param seed any number
 */
public record RandomStreams(long seed) {
    /** The golden ratio's fraction in 64 bits: spreads neighbouring seeds and purposes. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A stream of its own for a purpose; the same seed and purpose give the same stream. */
    public RandomGenerator fork(String purpose) {
        long hash = 0;
        for (int i = 0; i < purpose.length(); i++) {
            hash = hash * 31 + purpose.charAt(i);
        }
        // One step of the generator mixes the sum well, so that related purposes share nothing.
        return new SplittableRandom(new SplittableRandom(seed ^ (hash * SPREAD)).nextLong());
    }
}
