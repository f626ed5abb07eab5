package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Objects in the memory of one process, for all of its workers: for tests, simulations, and jobs that need to survive no more than the loss of a
 * worker. For any thread; each worker has a {@linkplain #store store} of its own.
 */
public final class MemorySnapshots {
    /** An object and its checksums. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] bytes, BlockSums sums) {}

    private final long maxBytes;
    private final TreeMap<String, Kept> objects = new TreeMap<>();
    private long size;

    /** No objects, and no bound but the memory. */
    public MemorySnapshots() {
        this(Long.MAX_VALUE);
    }

    /**
     * No objects.
     *
     * @param maxBytes how many bytes all objects may have together; more are refused
     */
    public MemorySnapshots(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * What one worker sees.
     *
     * @param loop runs what completes a promise on the worker's thread: at once, or in a simulation after some time
     */
    public SnapshotStore store(Executor loop) {
        return new Store(loop);
    }

    /** How many bytes all objects have together. */
    public synchronized long size() {
        return size;
    }

    /**
     * Flips a bit of an object, as a disk may: for tests and simulations.
     *
     * @param bit counted from the beginning of the object, modulo its size
     * @throws IllegalArgumentException when there is no such object or it is empty
     */
    public synchronized void damage(String name, long bit) {
        var kept = objects.get(name);
        if (kept == null || kept.bytes.length == 0) {
            throw new IllegalArgumentException("no bit of " + name + " can be flipped");
        }
        long at = Math.floorMod(bit, kept.bytes.length * 8L);
        kept.bytes[(int) (at / 8)] ^= (byte) (1 << at % 8);
    }

    private synchronized Outcome<SnapshotStore.Stored> put(String name, List<ByteBuffer> content) {
        if (objects.containsKey(name)) {
            return Outcomes.exists(name);
        }
        var sums = BlockSums.of(content);
        if (sums.size() > maxBytes - size || sums.size() > Integer.MAX_VALUE - 64) {
            return Outcomes.failed(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "snapshots in memory have " + size + " bytes, and with the " + sums.size() + " of " + name
                            + " more than the bound of " + maxBytes
                            + ": raise it, retire snapshots sooner, or keep them in a directory");
        }
        var all = ByteBuffer.allocate((int) sums.size());
        content.forEach(slice -> all.put(slice.duplicate()));
        objects.put(name, new Kept(all.array(), sums));
        size += sums.size();
        return Outcomes.ok(new SnapshotStore.Stored(name, sums.size()));
    }

    private synchronized Outcome<byte[]> get(String name) {
        var kept = objects.get(name);
        return kept == null ? Outcomes.missing(name) : read(name, 0, kept.bytes.length);
    }

    private synchronized Outcome<byte[]> read(String name, long offset, int length) {
        var kept = objects.get(name);
        if (kept == null) {
            return Outcomes.missing(name);
        }
        if (offset > kept.bytes.length - length) {
            return Outcomes.tooShort(name, kept.bytes.length, offset, length);
        }
        int from = (int) BlockSums.alignDown(offset);
        int to = (int) kept.sums.alignUp(offset + length);
        var damage = kept.sums.damage(ByteBuffer.wrap(kept.bytes, from, Math.max(0, to - from)), from);
        return damage.isPresent()
                ? Outcomes.damaged(name, damage.getAsLong(), "a block has another checksum")
                : Outcomes.ok(Arrays.copyOfRange(kept.bytes, (int) offset, (int) offset + length));
    }

    private synchronized Outcome<SnapshotStore.Deleted> delete(String name) {
        var kept = objects.remove(name);
        size -= kept == null ? 0 : kept.bytes.length;
        return Outcomes.ok(new SnapshotStore.Deleted(name, kept != null));
    }

    private synchronized Outcome<List<String>> list() {
        return Outcomes.ok(List.copyOf(objects.navigableKeySet()));
    }

    private final class Store implements SnapshotStore {
        private final Executor loop;

        Store(Executor loop) {
            this.loop = loop;
        }

        private <T> Promise<T> done(Supplier<Outcome<T>> request) {
            var promise = new Promise<T>();
            var outcome = request.get();
            loop.execute(() -> promise.complete(outcome));
            return promise;
        }

        @Override
        public Promise<Stored> put(String name, List<ByteBuffer> content) {
            Storage.checkName(name);
            return done(() -> MemorySnapshots.this.put(name, content));
        }

        @Override
        public Promise<byte[]> get(String name) {
            return done(() -> MemorySnapshots.this.get(name));
        }

        @Override
        public Promise<byte[]> read(String name, long offset, int length) {
            Outcomes.checkPart(offset, length);
            return done(() -> MemorySnapshots.this.read(name, offset, length));
        }

        @Override
        public Promise<Deleted> delete(String name) {
            return done(() -> MemorySnapshots.this.delete(name));
        }

        @Override
        public Promise<List<String>> list() {
            return done(MemorySnapshots.this::list);
        }
    }
}
