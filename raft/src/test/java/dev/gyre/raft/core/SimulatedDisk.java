package dev.gyre.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** A disk that does what it was told in order, some time later; what it has not done yet a crash takes away. */
final class SimulatedDisk {
    private sealed interface Job {}

    private record Store(Write<Long> write) implements Job {}

    // Test data on its way to a map; never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Keep(Snapshot snapshot, byte[] content) implements Job {}

    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private HardState hardState = HardState.INITIAL;
    private Snapshot snapshot;
    private List<Entry<Long>> log = new ArrayList<>();
    private byte[] incoming = {};

    SimulatedDisk(Membership membership) {
        snapshot = Snapshot.initial(membership);
        contents.put(key(snapshot), new byte[0]);
    }

    private static String key(Snapshot snapshot) {
        return snapshot.last() + "/" + snapshot.crc32c();
    }

    void store(Write<Long> write) {
        jobs.add(new Store(write));
    }

    void keep(Snapshot newSnapshot, byte[] content) {
        jobs.add(new Keep(newSnapshot, content));
    }

    boolean isIdle() {
        return jobs.isEmpty();
    }

    boolean hasMoreWrites() {
        return jobs.stream().anyMatch(Store.class::isInstance);
    }

    /** Does the next job. Returns the token of a write; a snapshot instead if that was it. */
    Object work() {
        return switch (jobs.removeFirst()) {
            case Store(var write) -> {
                apply(write);
                yield write.token();
            }
            case Keep(var kept, var content) -> {
                contents.put(key(kept), content);
                if (kept.last().index() > snapshot.last().index()) {
                    snapshot = kept;
                }
                yield kept;
            }
        };
    }

    /** The power fails: the first {@code survivors} jobs may have been done, though nobody was told. */
    void crash(int survivors) {
        for (int i = 0; i < survivors && !jobs.isEmpty(); i++) {
            work();
        }
        jobs.clear();
    }

    int waiting() {
        return jobs.size();
    }

    private void apply(Write<Long> write) {
        write.hardState().ifPresent(state -> hardState = state);
        write.chunk().ifPresent(this::receive);
        write.installed().ifPresent(this::install);
        if (write.truncateFrom() != 0) {
            log.removeIf(entry -> entry.index() >= write.truncateFrom());
        }
        for (var entry : write.entries()) {
            if (!log.isEmpty() && log.getLast().index() + 1 != entry.index()) {
                throw new AssertionError("disk: entry " + entry + " after " + log.getLast());
            }
            log.add(entry);
        }
    }

    private void receive(SnapshotChunk chunk) {
        incoming = Arrays.copyOf(incoming, (int) chunk.offset() + chunk.bytes().length);
        System.arraycopy(chunk.bytes(), 0, incoming, (int) chunk.offset(), chunk.bytes().length);
    }

    private void install(Snapshot received) {
        if (SnapshotChunk.checksum(incoming) != received.crc32c()) {
            throw new AssertionError("a damaged snapshot was installed");
        }
        contents.put(key(received), incoming);
        incoming = new byte[0];
        snapshot = received;
        log = new ArrayList<>();
    }

    HardState hardState() {
        return hardState;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    byte[] content(Snapshot wanted) {
        var content = contents.get(key(wanted));
        if (content == null) {
            throw new AssertionError("no content of snapshot " + wanted);
        }
        return content;
    }

    /** The last index that would be there after a crash. */
    long lastIndex() {
        return Math.max(
                snapshot.last().index(), log.isEmpty() ? 0 : log.getLast().index());
    }

    /** The term of what would be there after a crash; 0 if it cannot be told. */
    long termAt(long index) {
        long first = log.isEmpty() ? Long.MAX_VALUE : log.getFirst().index();
        if (index >= first && index < first + log.size()) {
            return log.get((int) (index - first)).term();
        }
        return snapshot.last().index() == index ? snapshot.last().term() : 0;
    }

    PersistedState<Long> read() {
        long covered = snapshot.last().index();
        return new PersistedState<>(
                hardState,
                snapshot,
                log.stream().filter(entry -> entry.index() > covered).toList());
    }
}
