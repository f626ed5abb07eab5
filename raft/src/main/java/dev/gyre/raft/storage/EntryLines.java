package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Membership;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gathers the entries of a range as lines, as they are in the end: without those that were truncated or replaced. */
final class EntryLines implements Consumer<Finding> {
    private final long from;
    private final long to;
    private final TreeMap<Long, String> lines = new TreeMap<>();

    EntryLines(long from, long to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void accept(Finding finding) {
        if (finding instanceof Finding.Batch batch) {
            batch.records().forEach(this::apply);
        }
    }

    private void apply(LogRecord<byte[]> next) {
        switch (next) {
            case LogRecord.Appended<byte[]>(var entry) -> append(entry);
            case LogRecord.Truncated<byte[]>(long fromIndex) ->
                lines.tailMap(fromIndex).clear();
            case LogRecord.SnapshotInstalled<byte[]> installed -> lines.clear();
            case LogRecord.Start<byte[]> start -> {}
            case LogRecord.HardState<byte[]> state -> {}
            case LogRecord.SnapshotKept<byte[]> kept -> {}
        }
    }

    private void append(Entry<byte[]> entry) {
        if (entry.index() >= from && entry.index() <= to) {
            lines.put(entry.index(), line(entry));
        }
    }

    private static String line(Entry<byte[]> entry) {
        var size = entry instanceof Entry.Data<byte[]> data ? String.valueOf(data.value().length) : "";
        return "%10d %6d %8s  %s".formatted(entry.index(), entry.term(), size, content(entry));
    }

    private static String content(Entry<byte[]> entry) {
        return switch (entry) {
            case Entry.Data<byte[]> data -> ValueText.of(data.value());
            case Entry.NoOp<byte[]> empty -> "no-op";
            case Entry.Configuration<byte[]> change -> "members: " + of(change.membership());
        };
    }

    static String of(Membership membership) {
        var text = new StringBuilder(
                membership.voters().isEmpty() ? "none" : "voters " + String.join(" ", membership.voters()));
        if (membership.isJoint()) {
            text.append(", outgoing ").append(String.join(" ", membership.outgoing()));
        }
        if (!membership.learners().isEmpty()) {
            text.append(", learners ").append(String.join(" ", membership.learners()));
        }
        return text.toString();
    }

    /** The lines, by index. */
    NavigableMap<Long, String> lines() {
        return lines;
    }
}
