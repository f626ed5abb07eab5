package dev.gyre.core.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Random streams forked from one seed, one a purpose: drawing more from one leaves the others as they were. The same on every
 * JDK. What they give can be {@linkplain #recordingTo recorded} as one sequence, and {@linkplain #replaying drawn again} from
 * it. For one thread, unless they do neither.
 */
public final class RandomStreams {
    /** The golden ratio's fraction in 64 bits: spreads neighbouring seeds and purposes. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final @Nullable Choices past;
    private final @Nullable Choices record;

    /** Streams of a seed, which is any number. */
    public RandomStreams(long seed) {
        this(seed, null, null);
    }

    private RandomStreams(long seed, @Nullable Choices past, @Nullable Choices record) {
        this.seed = seed;
        this.past = past;
        this.record = record;
    }

    /** Streams that give what was recorded, and 0 where nothing was. */
    public static RandomStreams replaying(Choices choices) {
        return new RandomStreams(0, choices, new Choices());
    }

    /** The same streams, which also write down all that they give. */
    public RandomStreams recordingTo(Choices choices) {
        return new RandomStreams(seed, past, choices);
    }

    /** The seed; 0 when there is none. */
    public long seed() {
        return seed;
    }

    /** A stream of its own for a purpose; the same seed and purpose give the same stream. */
    public RandomGenerator fork(String purpose) {
        if (record == null) {
            return fresh(purpose);
        }
        int stream = record.newStream(purpose);
        var source = past == null ? fresh(purpose) : new Replay(past.of(record.name(stream)));
        return (Drawn) () -> {
            long value = source.nextLong();
            record.add(stream, value);
            return value;
        };
    }

    private Drawn fresh(String purpose) {
        long hash = 0;
        for (int i = 0; i < purpose.length(); i++) {
            hash = hash * 31 + purpose.charAt(i);
        }
        // One step of the generator mixes the sum well, so that related purposes share nothing.
        var random = new SplittableRandom(new SplittableRandom(seed ^ (hash * SPREAD)).nextLong());
        return random::nextLong;
    }

    /** Derives every kind of number from {@link #nextLong} alone, so that one sequence of longs says it all. */
    @FunctionalInterface
    private interface Drawn extends RandomGenerator {}

    private static final class Replay implements Drawn {
        private final long[] values;
        private int next;

        Replay(long[] values) {
            this.values = values;
        }

        @Override
        public long nextLong() {
            return next < values.length ? values[next++] : 0;
        }
    }
}
