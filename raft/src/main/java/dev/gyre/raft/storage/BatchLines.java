package dev.gyre.raft.storage;

import dev.gyre.raft.core.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the batches with entries of a range as lines, as they were written; the last ones if there are too many. */
final class BatchLines implements Consumer<Finding> {
    private final long from;
    private final long to;
    private final int max;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private int leftOut;

    BatchLines(long from, long to, int max) {
        this.from = from;
        this.to = to;
        this.max = max;
    }

    @Override
    public void accept(Finding finding) {
        switch (finding) {
            case Finding.Segment segment -> add(segment.file());
            case Finding.Batch batch -> {
                if (isInRange(batch.records())) {
                    add("%10d %8d %8d  %s"
                            .formatted(batch.offset(), batch.sequence(), batch.payloadBytes(), text(batch.records())));
                }
            }
            case Finding.BrokenBatch broken ->
                add("%10d %8d %8d  WRONG CHECKSUM OR INCOMPLETE"
                        .formatted(broken.offset(), broken.sequence(), broken.payloadBytes()));
            case Finding.Damage damage -> add("%10d DAMAGE  %s".formatted(damage.offset(), damage.what()));
            case Finding.Torn torn -> add("%10d torn, up to %d".formatted(torn.offset(), torn.sizeBytes()));
            case Finding.Gap gap -> {}
            case Finding.Content content -> {}
        }
    }

    private boolean isInRange(List<LogRecord<byte[]>> records) {
        return (from == 0 && to == Long.MAX_VALUE)
                || records.stream()
                        .anyMatch(next -> next instanceof LogRecord.Appended<byte[]>(var entry)
                                && entry.index() >= from
                                && entry.index() <= to);
    }

    private void add(String line) {
        lines.add(line);
        if (lines.size() > max) {
            lines.removeFirst();
            leftOut++;
        }
    }

    /** Runs of entries are told together. */
    private static String text(List<LogRecord<byte[]>> records) {
        List<String> parts = new ArrayList<>();
        long runFrom = 0;
        long runTo = 0;
        for (var next : records) {
            if (next instanceof LogRecord.Appended<byte[]>(var entry)) {
                runFrom = runFrom == 0 ? entry.index() : runFrom;
                runTo = entry.index();
            } else {
                addRun(parts, runFrom, runTo);
                runFrom = 0;
                parts.add(text(next));
            }
        }
        addRun(parts, runFrom, runTo);
        return String.join("; ", parts);
    }

    private static void addRun(List<String> parts, long from, long to) {
        if (from != 0) {
            parts.add(from == to ? "entry " + from : "entries " + from + " to " + to);
        }
    }

    private static String text(LogRecord<byte[]> next) {
        return switch (next) {
            case LogRecord.Start<byte[]> start ->
                "start: " + text(start.hardState()) + ", " + text(start.snapshot()) + ", last entry "
                        + start.lastIndex();
            case LogRecord.HardState<byte[]>(var state) -> text(state);
            case LogRecord.Truncated<byte[]>(long fromIndex) -> "truncated from " + fromIndex;
            case LogRecord.Appended<byte[]>(var entry) -> "entry " + entry.index();
            case LogRecord.SnapshotKept<byte[]>(var snapshot) -> "kept " + text(snapshot);
            case LogRecord.SnapshotInstalled<byte[]>(var snapshot) -> "installed " + text(snapshot);
        };
    }

    static String text(dev.gyre.raft.core.HardState state) {
        return "term " + state.term() + (state.votedFor().isEmpty() ? ", no vote" : ", vote for " + state.votedFor());
    }

    private static String text(Snapshot snapshot) {
        return snapshot.last().index() == 0 ? "no snapshot" : "snapshot " + snapshot.last();
    }

    /** The lines that are kept, in order. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many lines went before these. */
    int leftOut() {
        return leftOut;
    }
}
