package dev.gyre.core.simulation;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The disk of a simulated node, which outlives it. It keeps no more than it has promised: what no sync covered may be kept,
 * dropped or torn by a crash, contents and names alike; and it fills up, slows down, fails to sync and flips bits as it is told.
 * Names survive a crash in the order in which they were changed, as file systems with a journal see to. For one thread.
 */
final class SimulatedDisk {
    /** What a sync takes on a sound disk. */
    private static final Latency SYNC = Latency.exponential(Duration.ofNanos(500_000));

    private final String node;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Consumer<String> observer;
    private final Set<Sync> underWay = new LinkedHashSet<>();
    private final List<NameChange> unsynced = new ArrayList<>();
    private SortedMap<String, SimulatedFile> seen = new TreeMap<>();
    private final SortedMap<String, SimulatedFile> durable = new TreeMap<>();
    private long nameChanges;
    private long namesSettled;
    private double slowness = 1;
    private boolean isFull;
    private boolean isFailing;

    /** A change of the names in the folder. */
    @FunctionalInterface
    private interface NameChange {
        void applyTo(SortedMap<String, SimulatedFile> names);
    }

    /** From a start of the node to its end: {@link #crash} ends it for the disk. */
    @FunctionalInterface
    interface Life {
        /** Runs what a sync that is done sets off, as soon as the node can. */
        void run(Runnable action);
    }

    /**
     * An empty disk.
     *
     * @param node whose it is
     * @param random decides how long syncs take, and what a crash leaves
     * @param observer is told of each sync that ends, in a few words
     */
    SimulatedDisk(String node, Timeline timeline, RandomGenerator random, Consumer<String> observer) {
        this.node = node;
        this.timeline = timeline;
        this.random = random;
        this.observer = observer;
    }

    /** The disk as one life of the node uses it. */
    Storage mount(Life life) {
        return new SimulatedStorage(this, life);
    }

    /** Makes syncs take longer by a factor; 1 is right. Those under way are as slow or as fast from now on. */
    void slow(double factor) {
        if (slowness != factor) {
            slowness = factor;
            underWay.forEach(Sync::schedule);
        }
    }

    /** Says whether nothing more fits. */
    void fill(boolean full) {
        isFull = full;
    }

    /** Says whether syncs fail. */
    void fail(boolean failing) {
        isFailing = failing;
    }

    /**
     * Flips a bit of what is durable.
     *
     * @param where which one, from 0 to 1: a part of all bytes that are on the disk
     */
    void corrupt(double where) {
        long total = durable.values().stream().mapToLong(SimulatedFile::size).sum();
        double target = where * total;
        for (var entry : durable.entrySet()) {
            long size = entry.getValue().size();
            if (target < size) {
                entry.getValue().corrupt(target / size, random.nextInt(Byte.SIZE));
                observer.accept("a bit of " + entry.getKey() + " flips");
                return;
            }
            target -= size;
        }
    }

    /** The power goes. */
    void crash() {
        var fate = SimulatedFile.Fate.draw(random);
        int kept = switch (fate) {
            case KEEP -> unsynced.size();
            case DROP -> 0;
            case GAMBLE -> random.nextInt(unsynced.size() + 1);
        };
        unsynced.subList(0, kept).forEach(change -> change.applyTo(durable));
        unsynced.clear();
        namesSettled = nameChanges;
        seen = new TreeMap<>(durable);
        underWay.forEach(sync -> sync.due.cancel());
        underWay.clear();
        durable.values().forEach(file -> file.crash(fate, random));
    }

    List<String> list() {
        return List.copyOf(seen.keySet());
    }

    SimulatedFile open(String name) {
        var known = seen.get(Storage.checkName(name));
        if (known != null) {
            return known;
        }
        checkRoom(name, 0);
        var made = new SimulatedFile();
        change(names -> names.put(name, made));
        return made;
    }

    void rename(String from, String to) {
        existing(from);
        Storage.checkName(to);
        change(names -> {
            var moved = names.remove(from);
            if (moved != null) {
                names.put(to, moved);
            }
        });
    }

    void delete(String name) {
        existing(name);
        change(names -> names.remove(name));
    }

    private void existing(String name) {
        if (!seen.containsKey(name)) {
            throw new IllegalArgumentException(node + " has no file \"" + name + "\", only " + seen.keySet());
        }
    }

    private void change(NameChange change) {
        change.applyTo(seen);
        unsynced.add(change);
        nameChanges++;
    }

    /** Writes to a file; when there is no room, a part of what makes it grow. */
    void write(String name, SimulatedFile file, long position, byte[] bytes) {
        if (isFull && position + bytes.length > file.size()) {
            int fits = random.nextInt(bytes.length + 1);
            file.write(position, Arrays.copyOf(bytes, fits));
            checkRoom(name, position + fits);
        }
        file.write(position, bytes);
    }

    private void checkRoom(String name, long offset) {
        if (isFull) {
            throw new StorageException(
                    Kind.FULL, "the disk of " + node + " is full: file " + name + ", offset " + offset);
        }
    }

    Promise<Storage.Synced> sync(String name, SimulatedFile file, Life life) {
        return sync(name, file.mark(), file::settle, mark -> file.fail(mark, random), life);
    }

    Promise<Storage.Synced> syncNames(Life life) {
        return sync("the folder", nameChanges, this::settleNames, this::failNames, life);
    }

    private Promise<Storage.Synced> sync(String what, long mark, LongConsumer done, LongConsumer failed, Life life) {
        var promise = new Promise<Storage.Synced>();
        var sync = new Sync(() -> {
            boolean fails = isFailing;
            (fails ? failed : done).accept(mark);
            observer.accept((fails ? "sync failed: " : "synced: ") + what);
            life.run(() -> promise.complete(fails ? failure(what) : new Outcome.Ok<>(new Storage.Synced())));
        });
        underWay.add(sync);
        sync.schedule();
        return promise;
    }

    /** A sync that takes its time. */
    private final class Sync {
        private final Runnable end;
        private Timeline.Handle due = timeline.at(0, () -> {});

        Sync(Runnable end) {
            this.end = end;
        }

        void schedule() {
            due.cancel();
            due = timeline.after((long) (SYNC.sampleNanos(random) * slowness), () -> {
                underWay.remove(this);
                end.run();
            });
        }
    }

    private Outcome<Storage.Synced> failure(String what) {
        return new Outcome.Unknown<>(new RpcError(
                ErrorCode.CRASH,
                "the disk of " + node + " failed to sync " + what
                        + ": what was written since the last sync may be lost"));
    }

    private void settleNames(long mark) {
        while (namesSettled < mark) {
            unsynced.removeFirst().applyTo(durable);
            namesSettled++;
        }
    }

    private void failNames(long mark) {
        while (namesSettled < mark) {
            var change = unsynced.removeFirst();
            if (random.nextBoolean()) {
                change.applyTo(durable);
            }
            namesSettled++;
        }
    }
}
