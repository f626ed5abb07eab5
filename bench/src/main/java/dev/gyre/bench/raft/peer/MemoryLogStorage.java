package dev.gyre.bench.raft.peer;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log of SOFAJRaft in memory, of which it has none: entries by reference, in a ring that grows. */
final class MemoryLogStorage implements LogStorage {
    private static final int FIRST_CAPACITY = 1 << 16;

    private @Nullable LogEntry[] ring = new LogEntry[FIRST_CAPACITY];
    private long first = 1;
    private long last;

    private int slot(long index) {
        return (int) (index & (ring.length - 1));
    }

    @Override
    public synchronized boolean init(LogStorageOptions options) {
        return true;
    }

    @Override
    public synchronized void shutdown() {
        reset(1);
    }

    @Override
    public synchronized long getFirstLogIndex() {
        return first;
    }

    @Override
    public synchronized long getLastLogIndex() {
        return last;
    }

    @Override
    public synchronized @Nullable LogEntry getEntry(long index) {
        return index < first || index > last ? null : ring[slot(index)];
    }

    @Override
    @Deprecated
    public synchronized long getTerm(long index) {
        var entry = getEntry(index);
        return entry == null ? 0 : entry.getId().getTerm();
    }

    @Override
    public synchronized boolean appendEntry(LogEntry entry) {
        if (last - first + 1 == ring.length) {
            grow();
        }
        last = entry.getId().getIndex();
        ring[slot(last)] = entry;
        return true;
    }

    private void grow() {
        var old = ring;
        ring = new LogEntry[old.length * 2];
        for (long index = first; index <= last; index++) {
            ring[slot(index)] = old[(int) (index & (old.length - 1))];
        }
    }

    @Override
    public synchronized int appendEntries(List<LogEntry> entries) {
        entries.forEach(this::appendEntry);
        return entries.size();
    }

    @Override
    public synchronized boolean truncatePrefix(long firstIndexKept) {
        for (; first < firstIndexKept; first++) {
            ring[slot(first)] = null;
        }
        last = Math.max(last, first - 1);
        return true;
    }

    @Override
    public synchronized boolean truncateSuffix(long lastIndexKept) {
        for (; last > lastIndexKept; last--) {
            ring[slot(last)] = null;
        }
        return true;
    }

    @Override
    public synchronized boolean reset(long nextLogIndex) {
        ring = new LogEntry[FIRST_CAPACITY];
        first = nextLogIndex;
        last = nextLogIndex - 1;
        return true;
    }
}
