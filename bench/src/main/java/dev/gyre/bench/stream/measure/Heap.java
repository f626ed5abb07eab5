package dev.gyre.bench.stream.measure;

import java.lang.management.ManagementFactory;

/** What a JVM has in its heap when it has been collected. */
final class Heap {
    private Heap() {}

    /** Collects, and says how many bytes are left. */
    @SuppressWarnings("GarbageCollection")
    static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
