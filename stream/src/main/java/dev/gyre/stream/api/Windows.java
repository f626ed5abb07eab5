package dev.gyre.stream.api;

import java.time.Duration;

/** How event time is cut into windows, for each key. Lengths are in nanoseconds, and above zero. */
public sealed interface Windows {
    /**
     * One behind the other, each as long: a record is in one. Windows begin at multiples of their length since 1970.
     *
     * @throws IllegalArgumentException when the size is not above zero
     */
    static Aligned tumbling(Duration size) {
        return sliding(size, size);
    }

    /**
     * As many begin as there are slides, and overlap: a record is in {@code size / slide} of them. Work and state grow with that number.
     *
     * @throws IllegalArgumentException when one is not above zero, the slide is above the size, or a record would be in more than 1,000 windows
     */
    static Aligned sliding(Duration size, Duration slide) {
        return new Aligned(EventTime.nanos(size), EventTime.nanos(slide));
    }

    /**
     * A window as long as records of a key come: it ends when none has come for a time.
     *
     * @param gap records as far from each other, or farther, are in different windows
     * @throws IllegalArgumentException when the gap is not above zero
     */
    static Session session(Duration gap) {
        return new Session(EventTime.nanos(gap));
    }

    /**
     * Windows that are the same for all keys.
     *
     * @param size how long each is
     * @param slide how far after each other they begin
     */
    record Aligned(long size, long slide) implements Windows {
        /** Windows a record may be in: beyond that, time is better cut into small windows and these summed up. */
        public static final int MAX_OVERLAP = 1000;

        /** Checks. */
        public Aligned {
            if (slide <= 0 || size < slide) {
                throw new IllegalArgumentException("windows of " + Duration.ofNanos(size) + " every "
                        + Duration.ofNanos(slide) + ": the slide is above zero and at most the size");
            }
            if ((size - 1) / slide >= MAX_OVERLAP) {
                throw new IllegalArgumentException("windows of " + Duration.ofNanos(size) + " every "
                        + Duration.ofNanos(slide) + ": a record would be in more than " + MAX_OVERLAP
                        + " of them, so let them slide farther");
            }
        }
    }

    /**
     * Windows as long as records come.
     *
     * @param gap without records, after which one ends
     */
    record Session(long gap) implements Windows {
        /** Checks. */
        public Session {
            if (gap <= 0) {
                throw new IllegalArgumentException(
                        "the gap between sessions is above zero, not " + Duration.ofNanos(gap));
            }
        }
    }
}
