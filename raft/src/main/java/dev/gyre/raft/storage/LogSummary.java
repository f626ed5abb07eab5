package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Gathers what a reader finds. Goes on behind a damage with what is there: then the entries are those of the last run without a gap.
 */
final class LogSummary implements Consumer<Finding> {
    /** More would hide the first ones, which tell the most. */
    private static final int MAX_PROBLEMS = 10;

    private final TreeSet<String> owners = new TreeSet<>();
    private final List<SegmentLine> segments = new ArrayList<>();
    private final List<Finding.Content> contents = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    /** The terms of the entries, by the index where each begins. */
    private final TreeMap<Long, Long> terms = new TreeMap<>();

    private int damages;
    private Optional<Finding.Torn> torn = Optional.empty();
    private Mark mark = new Mark(HardState.INITIAL, Snapshot.initial(Membership.NONE), 0);
    private long base;
    private boolean hasStarted;

    /** What a segment holds; numbers are 0 where there is none. */
    static final class SegmentLine {
        private final Finding.Segment found;
        private long firstBatch;
        private long lastBatch;
        private long firstIndex;
        private long lastIndex;
        private String state = "";

        SegmentLine(Finding.Segment found) {
            this.found = found;
        }

        @Override
        public String toString() {
            var line = new StringBuilder(found.file())
                    .append(String.format(Locale.ROOT, "  %,d bytes", found.sizeBytes()));
            if (firstBatch > 0) {
                line.append("  batches ").append(firstBatch).append(" to ").append(lastBatch);
            }
            if (lastIndex > 0) {
                line.append("  entries ").append(firstIndex).append(" to ").append(lastIndex);
            }
            return line.append(state).toString();
        }
    }

    @Override
    public void accept(Finding finding) {
        switch (finding) {
            case Finding.Segment segment -> {
                segment.owner().ifPresent(owners::add);
                segments.add(new SegmentLine(segment));
            }
            case Finding.Batch batch -> batch(batch);
            case Finding.BrokenBatch broken ->
                problem(
                        broken.file(),
                        broken.offset(),
                        "batch " + broken.sequence() + " has a sound header, and its payload of "
                                + broken.payloadBytes() + " bytes is incomplete or has a wrong checksum");
            case Finding.Gap gap ->
                problem(
                        gap.file(),
                        0,
                        "begins with batch " + gap.first() + ", and the last one before it is "
                                + (gap.last() == 0 ? "of no known number" : gap.last())
                                + ": segments between are missing, or those before are left over");
            case Finding.Damage damage -> {
                damages++;
                segments.getLast().state = "  DAMAGED";
                problem(damage.file(), damage.offset(), damage.what());
            }
            case Finding.Torn found -> {
                segments.getLast().state = "  torn at the end";
                torn = Optional.of(found);
            }
            case Finding.Content content -> contents.add(content);
        }
    }

    private void problem(String file, long offset, String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("file " + file + ", offset " + offset + ": " + what);
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add("and more");
        }
    }

    private void batch(Finding.Batch batch) {
        var line = segments.getLast();
        line.firstBatch = line.firstBatch == 0 ? batch.sequence() : line.firstBatch;
        line.lastBatch = batch.sequence();
        for (var next : batch.records()) {
            switch (next) {
                case LogRecord.Start<byte[]> start -> start(start);
                case LogRecord.HardState<byte[]>(var state) -> mark = mark.with(state);
                case LogRecord.Truncated<byte[]>(long from) -> endAt(Math.min(mark.lastIndex(), from - 1));
                case LogRecord.Appended<byte[]>(var entry) -> append(line, entry);
                case LogRecord.SnapshotKept<byte[]>(var snapshot) -> mark = mark.with(snapshot);
                case LogRecord.SnapshotInstalled<byte[]>(var snapshot) -> {
                    mark = mark.with(snapshot);
                    restartAt(snapshot.last().index());
                }
            }
        }
    }

    private void start(LogRecord.Start<byte[]> start) {
        boolean follows = hasStarted && start.lastIndex() == mark.lastIndex();
        mark = new Mark(start.hardState(), start.snapshot(), mark.lastIndex());
        hasStarted = true;
        if (!follows) {
            restartAt(start.lastIndex());
        }
    }

    private void append(SegmentLine line, Entry<byte[]> entry) {
        if (entry.index() != mark.lastIndex() + 1) {
            restartAt(entry.index() - 1);
        }
        var last = terms.lastEntry();
        if (last == null || last.getValue() != entry.term()) {
            terms.put(entry.index(), entry.term());
        }
        line.firstIndex = line.firstIndex == 0 ? entry.index() : Math.min(line.firstIndex, entry.index());
        line.lastIndex = Math.max(line.lastIndex, entry.index());
        mark = mark.endingAt(entry.index());
    }

    private void endAt(long lastIndex) {
        terms.tailMap(lastIndex + 1).clear();
        base = Math.min(base, lastIndex);
        mark = mark.endingAt(lastIndex);
    }

    private void restartAt(long lastIndex) {
        terms.clear();
        base = lastIndex;
        mark = mark.endingAt(lastIndex);
    }

    NavigableSet<String> owners() {
        return owners;
    }

    List<SegmentLine> segments() {
        return segments;
    }

    List<Finding.Content> contents() {
        return contents;
    }

    /** The first problems, in order. */
    List<String> problems() {
        return problems;
    }

    boolean isDamaged() {
        return damages > 0;
    }

    Optional<Finding.Torn> torn() {
        return torn;
    }

    Mark mark() {
        return mark;
    }

    /** The first entry that is there; above {@code mark().lastIndex()} if none is. */
    long firstIndex() {
        return base + 1;
    }

    /** The terms of the entries, by the index where each begins. */
    NavigableMap<Long, Long> terms() {
        return terms;
    }
}
