package dev.gyre.bench.stream.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;

/** What a JVM has in its heap when it has been collected. */
final class Heap {
    private Heap() {}

    /**
     * Collects, and says how many bytes were left then. What is used by now would be more by chance: a thread that goes on takes some megabytes at once to allocate from, and all of
     * them count as used.
     */
    @SuppressWarnings("GarbageCollection")
    static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull) // of a pool that is not collected
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
