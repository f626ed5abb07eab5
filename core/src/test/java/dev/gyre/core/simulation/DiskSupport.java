package dev.gyre.core.simulation;

import dev.gyre.core.Storage;

/** A simulated disk for tests outside this package. */
public final class DiskSupport {
    private static final Timeline TIMELINE = new Timeline();

    private DiskSupport() {}

    /** A disk that does not fail. */
    public static Storage soundDisk() {
        return new SimulatedDisk("n1", TIMELINE, new RandomStreams(1).fork("disk"), what -> {}).mount(Runnable::run);
    }

    /** Lets all syncs end that are under way. */
    public static void passTime() {
        TIMELINE.advanceTo(TIMELINE.nowNanos() + 1_000_000_000);
    }
}
