package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the pictures and the page of a run into its folder. The only part of the reports that does I/O. */
public final class RunReport {
    /** The journal, which the run leaves in its folder. */
    public static final String JOURNAL = "messages.jsonl";
    /** The page that links to everything else. */
    public static final String INDEX = "index.html";
    /** The Lamport diagram. */
    public static final String MESSAGES = "messages.svg";
    /** The timeline of operations. */
    public static final String TIMELINE = "timeline.html";
    /** The latency of each operation. */
    public static final String LATENCY_RAW = "latency-raw.svg";
    /** Quantiles of latency over time. */
    public static final String LATENCY_QUANTILES = "latency-quantiles.svg";
    /** Operations a second. */
    public static final String RATE = "rate.svg";

    private RunReport() {}

    /**
     * Writes all files, over those that are there. Without a journal in the folder, the diagram says that nothing was sent.
     *
     * @throws IOException if the journal cannot be read or a file cannot be written; the message names it
     */
    public static void write(Path folder, RunView run, List<OperationView> operations, List<FaultWindow> faults)
            throws IOException {
        write(folder, MESSAGES, diagram(folder.resolve(JOURNAL)).render(faults));
        write(folder, TIMELINE, TimelinePage.render(operations, faults));
        write(folder, LATENCY_RAW, LatencyRawChart.render(operations, faults));
        write(folder, LATENCY_QUANTILES, LatencyQuantilesChart.render(operations, faults));
        write(folder, RATE, RateChart.render(operations, faults));
        write(folder, INDEX, IndexPage.render(run, operations, faults));
    }

    private static MessageDiagram diagram(Path journal) throws IOException {
        var diagram = MessageDiagram.ofRun();
        if (Files.exists(journal)) {
            try (JournalReader reader = JournalReader.open(journal)) {
                for (Optional<JournalEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                    diagram.add(next.get());
                }
            }
        }
        return diagram;
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
