package dev.gyre.maelstrom.fire;

import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.raft.core.Limits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Three nodes under full load, one of which is down, and then slow: what that costs the others in memory and on disk, and whether it catches up. All
 * nodes are in this process, so the heap that is measured is that of all of them.
 */
final class LagRun {
    /** Requests under way: as many as a leader is kept busy with. */
    private static final int UNDER_WAY = 256;

    private static final int KEYS = 500;
    private static final int VALUE_CHARS = 1000;
    private static final int SAMPLES = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long SLOW_SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SEGMENT_BYTES = 16 << 20;

    /** An entry in memory is its bytes as they are on the disk, the value itself, which is a tree of JSON, and what holds the two. */
    private static final int BYTES_IN_MEMORY_A_BYTE_OF_LOG = 4;

    private static final int NODES = 3;
    private static final long MIB = 1 << 20;
    private static final double NANOS_A_SECOND = 1e9;

    private final LocalStore store;
    private final Path folder;
    private final Settings settings;
    private final Consumer<String> out;
    private final List<String> problems = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /**
     * What is done.
     *
     * @param seconds of load with a node that is down, and half of that with a slow one
     * @param snapshotKib of log, after which nodes make a snapshot
     */
    record Settings(double seconds, int snapshotKib) {
        /**
         * The most that heap may grow by: of each node the log since a snapshot, twice, for the next one is made before the first is durable; the log
         * that is kept behind it; the state and its snapshot as bytes, on their way to disk and to another node; what clients have under way.
         */
        long windowBytes() {
            long log = 2L * snapshotKib * 1024 + snapshotKib * 1024L / 8;
            long state = 6L * KEYS * VALUE_CHARS;
            long underWay = (long) UNDER_WAY * VALUE_CHARS * NODES;
            return NODES * BYTES_IN_MEMORY_A_BYTE_OF_LOG * (log + state + underWay);
        }

        /**
         * The most that the files of a node may take: the segment that is written, and one that is not deleted yet or kept to be written on again, each with
         * the batch that has filled it; and two snapshots. While a follower waits for its disk, a batch grows up to what may be in flight to it.
         */
        long diskBytes() {
            long batch = Limits.defaults().maxInFlightBytes();
            return 2L * (SEGMENT_BYTES + batch) + 2L * snapshotKib * 1024 + 4L * KEYS * VALUE_CHARS;
        }
    }

    private LagRun(LocalStore store, Path folder, Settings settings, Consumer<String> out) {
        this.store = store;
        this.folder = folder;
        this.settings = settings;
        this.out = out;
    }

    /** Runs it, and returns what was not as it should be. */
    static List<String> run(Settings settings, Path folder, Consumer<String> out) throws Exception {
        try (var store = new LocalStore(folder, NODES, "--snapshot-kib", Integer.toString(settings.snapshotKib))) {
            return new LagRun(store, folder, settings, out).run();
        }
    }

    private List<String> run() throws Exception {
        store.startAll();
        for (int i = 0; i < KEYS; i++) {
            store.put("n0", "k" + i, "x".repeat(VALUE_CHARS));
        }
        var load = new Thread(this::load, "load");
        load.setDaemon(true);
        load.start();
        TimeUnit.NANOSECONDS.sleep((long) (settings.seconds * NANOS_A_SECOND / SAMPLES));
        out.accept(String.format(
                Locale.ROOT,
                "window of the heap for %d nodes %.1f MiB, files of a node up to %.1f MiB",
                NODES,
                mib(settings.windowBytes()),
                mib(settings.diskBytes())));
        long base = heap();
        out.accept(String.format(Locale.ROOT, "%-18s heap %6.1f MiB", "all run", mib(base)));

        store.host().kill("n2");
        watch("n2 is down", base, settings.seconds);
        var before = newest("n2");
        long began = System.nanoTime();
        store.start("n2");
        store.put("n2", "back", "again");
        out.accept(String.format(
                Locale.ROOT,
                "n2 serves %.2f s after its start; it had %s, and now has %s",
                (System.nanoTime() - began) / NANOS_A_SECOND,
                before,
                newest("n2")));
        if (before.equals(newest("n2"))) {
            problems.add("n2 has caught up without a snapshot: it has " + before + " still");
        }

        store.disk("n2").syncNanos.set(SLOW_SYNC_NANOS);
        watch("n2 is slow", base, settings.seconds / 2);
        store.disk("n2").syncNanos.set(0);
        if (store.host().dropped("n2") > 0) {
            problems.add("more was sent to the slow n2 than may be in flight: "
                    + store.host().dropped("n2") + " messages were dropped");
        }
        isOver.set(true);
        load.join();
        compare();
        out.accept(String.format(
                Locale.ROOT,
                "%d writes acknowledged; messages dropped at the slow node: %d",
                acknowledged.get(),
                store.host().dropped("n2")));
        return problems;
    }

    private void watch(String what, long base, double seconds) throws Exception {
        long most = 0;
        for (int i = 0; i < SAMPLES; i++) {
            TimeUnit.NANOSECONDS.sleep((long) (seconds * NANOS_A_SECOND / SAMPLES));
            long growth = heap() - base;
            most = Math.max(most, growth);
            out.accept(String.format(
                    Locale.ROOT,
                    "%-18s heap %+7.1f MiB, files n0 %5.1f n1 %5.1f n2 %5.1f MiB, %d writes",
                    what,
                    mib(growth),
                    mib(files("n0")),
                    mib(files("n1")),
                    mib(files("n2")),
                    acknowledged.get()));
            for (var node : store.nodes()) {
                if (files(node) > settings.diskBytes()) {
                    problems.add(what + ": the files of " + node + " take " + mib(files(node)) + " MiB");
                }
            }
        }
        if (most > settings.windowBytes()) {
            problems.add(what + ": the heap has grown by " + mib(most) + " MiB");
        }
    }

    private void load() {
        var free = new Semaphore(UNDER_WAY);
        for (long i = 0; !isOver.get(); i++) {
            free.acquireUninterruptibly();
            var value = i + "x".repeat(VALUE_CHARS);
            var unused = store.client()
                    .call("n" + i % 2, LocalStore.write("k" + i % KEYS, value), TIMEOUT)
                    .thenAccept(outcome -> {
                        if (outcome instanceof Outcome.Ok) {
                            acknowledged.incrementAndGet();
                        }
                        free.release();
                    });
        }
        free.acquireUninterruptibly(UNDER_WAY);
    }

    private void compare() {
        for (int i = 0; i < KEYS; i++) {
            var read = new KvMessage.Read(LocalStore.text("k" + i));
            var value = store.ask("n0", read);
            for (var node : store.nodes()) {
                if (!store.ask(node, read).equals(value)) {
                    problems.add("k" + i + " is another at " + node);
                }
            }
        }
    }

    /** What is live: after a collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private long files(String node) throws IOException {
        long bytes = 0;
        try (var files = Files.list(folder.resolve(node))) {
            for (var file : files.toList()) {
                bytes += size(file);
            }
        }
        return bytes;
    }

    /** A file that is deleted meanwhile has none. */
    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    private String newest(String node) throws IOException {
        try (var files = Files.list(folder.resolve(node))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("raft.snapshot-"))
                    .max((a, b) -> Long.compare(indexOf(a), indexOf(b)))
                    .orElse("no snapshot");
        }
    }

    private static long indexOf(String name) {
        return Long.parseLong(name.split("-", -1)[1]);
    }

    private static double mib(long bytes) {
        return (double) bytes / MIB;
    }
}
