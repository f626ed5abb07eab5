package dev.gyre.core.simulation;

import dev.gyre.core.storage.Storage;

/** A simulated disk for tests outside this package. */
public final class DiskSupport {
    private static final Timeline TIMELINE = new Timeline();

    private DiskSupport() {}

    /** A disk that does not fail. */
    public static Storage soundDisk() {
        return new SimulatedDisk("n1", TIMELINE, new RandomStreams(1).fork("disk"), what -> {}).mount(new Endless());
    }

    /** Lets all syncs end that are under way. */
    public static void passTime() {
        TIMELINE.advanceTo(TIMELINE.nowNanos() + 1_000_000_000);
    }

    /** A life without end. */
    static final class Endless implements SimulatedDisk.Life {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void run(Runnable action) {
            action.run();
        }
    }
}
