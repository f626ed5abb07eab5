package dev.gyre.raft.storage;

import dev.gyre.core.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Prints a log for a person: first the whole in some lines, then entries, and batches if they are asked for. However long the log is, the
 * output is not.
 */
public final class RaftLogPrinter {
    /** The most entries, and the most batches, at once: more is asked for by another range. */
    public static final int MAX_LINES = 1000;

    /** How many entries and batches are shown when nobody asks for others. */
    public static final int DEFAULT_LINES = 20;

    private static final int MAX_TERMS = 10;
    private static final int MAX_SEGMENTS = 100;

    private final Consumer<String> out;

    /**
     * What to show besides the summary.
     *
     * @param from the first entry; the last ones up to {@code to} if it is not given
     * @param to the last entry
     * @param hasBatches whether batches are shown too
     */
    public record Selection(OptionalLong from, OptionalLong to, boolean hasBatches) {
        /** The last entries. */
        public static final Selection LAST = new Selection(OptionalLong.empty(), OptionalLong.empty(), false);

        private boolean isRange() {
            return from.isPresent() || to.isPresent();
        }
    }

    /** A printer that gives each line to {@code out}. */
    public RaftLogPrinter(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Prints a log.
     *
     * @return whether a node could start from it
     * @throws StorageException when a file cannot be read at all
     */
    public boolean print(RaftLogReader reader, Selection selection) {
        var summary = new LogSummary();
        reader.read(summary);
        var refusal = reader.refusal();
        print(summary);
        summary.torn()
                .ifPresent(
                        torn -> field(
                                "torn",
                                "file " + torn.file() + ", offset " + torn.offset() + ": the last "
                                        + (torn.sizeBytes() - torn.offset())
                                        + " bytes are not whole. If the node runs, it may"
                                        + " be writing them now; else the next start cuts them off, and nobody relied on them"));
        field("state", refusal.map(reason -> "DAMAGED: a node refuses it").orElse("sound: a node can start from it"));
        refusal.ifPresent(reason -> out.accept("  " + reason));
        summary.problems().stream()
                .filter(problem -> refusal.isEmpty() || !refusal.get().startsWith(problem))
                .forEach(problem -> out.accept("  " + problem));
        printEntries(reader, selection, summary);
        if (selection.hasBatches()) {
            printBatches(reader, selection);
        }
        return refusal.isEmpty();
    }

    private void field(String name, String value) {
        out.accept("%-10s %s".formatted(name, value));
    }

    private void print(LogSummary summary) {
        var mark = summary.mark();
        field("owner", summary.owners().isEmpty() ? "unknown" : String.join(", ", summary.owners()));
        field("term", BatchLines.text(mark.hardState()).substring("term ".length()));
        long first = summary.firstIndex();
        field("entries", first > mark.lastIndex() ? "none" : first + " to " + mark.lastIndex() + terms(summary));
        var snapshot = mark.snapshot();
        field(
                "snapshot",
                snapshot.last().index() == 0
                        ? "none; at first " + EntryLines.of(snapshot.membership())
                        : "up to entry " + snapshot.last().index() + " of term "
                                + snapshot.last().term() + ", " + bytes(snapshot.sizeBytes()) + ", "
                                + EntryLines.of(snapshot.membership()));
        field("segments", String.valueOf(summary.segments().size()));
        lines(summary.segments());
        field("contents", summary.contents().isEmpty() ? "no file of a snapshot" : "of snapshots");
        lines(summary.contents().stream()
                .map(content -> content.file() + "  " + bytes(content.sizeBytes()))
                .toList());
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }

    private static String terms(LogSummary summary) {
        var terms = summary.terms();
        var shown = terms.entrySet().stream()
                .skip(Math.max(0, terms.size() - MAX_TERMS))
                .map(term -> term.getValue() + " from " + term.getKey())
                .toList();
        return ", " + (terms.size() > MAX_TERMS ? "latest of " + terms.size() + " terms: " : "terms: ")
                + String.join(", ", shown);
    }

    private void lines(List<?> all) {
        if (all.size() > MAX_SEGMENTS) {
            out.accept("  … and " + (all.size() - MAX_SEGMENTS) + " before these");
        }
        all.stream().skip(Math.max(0, all.size() - MAX_SEGMENTS)).forEach(line -> out.accept("  " + line));
    }

    private void printEntries(RaftLogReader reader, Selection selection, LogSummary summary) {
        long last = summary.mark().lastIndex();
        long to = Math.min(last, selection.to().orElse(last));
        long from = Math.max(1, selection.from().orElse(to - DEFAULT_LINES + 1));
        long shownTo = Math.min(to, from + MAX_LINES - 1);
        var entries = new EntryLines(from, shownTo);
        reader.read(entries);
        out.accept("");
        if (entries.lines().isEmpty()) {
            out.accept("No entries" + (selection.isRange() ? " in that range." : "."));
            return;
        }
        out.accept("%10s %6s %8s  %s".formatted("index", "term", "bytes", "value"));
        long expected = entries.lines().firstKey();
        for (var line : entries.lines().entrySet()) {
            if (line.getKey() != expected) {
                out.accept("           … " + (line.getKey() - expected) + " from " + expected + " on are not there");
            }
            out.accept(line.getValue());
            expected = line.getKey() + 1;
        }
        if (shownTo < to) {
            out.accept("… and " + (to - shownTo) + " more: ask for them with --from " + (shownTo + 1));
        }
    }

    private void printBatches(RaftLogReader reader, Selection selection) {
        var batches = new BatchLines(
                selection.from().orElse(0),
                selection.to().orElse(Long.MAX_VALUE),
                selection.isRange() ? MAX_LINES : DEFAULT_LINES);
        reader.read(batches);
        out.accept("");
        out.accept("%10s %8s %8s  %s".formatted("offset", "batch", "bytes", "records"));
        if (batches.leftOut() > 0) {
            out.accept("… " + batches.leftOut() + " lines before these");
        }
        batches.lines().forEach(out);
    }
}
