package dev.gyre.maelstrom.store;

import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalWriter;
import dev.gyre.maelstrom.report.RunReport;
import dev.gyre.maelstrom.report.RunView;
import dev.gyre.maelstrom.result.Edn;
import dev.gyre.maelstrom.result.ResultJson;
import dev.gyre.maelstrom.result.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes what a run leaves behind: messages as they come, all else at the end. */
public final class RunFiles implements AutoCloseable {
    /** The results as JSON, in the folder of a run. */
    public static final String RESULTS = "results.json";

    private final StoreFolder folder;
    private final JournalWriter journal;

    /** Opens the files of a run in its folder. */
    public RunFiles(StoreFolder folder) throws IOException {
        this.folder = folder;
        journal = JournalWriter.create(folder.resolve(RunReport.JOURNAL));
    }

    /** Adds a message to the journal. */
    public void message(JournalEntry entry) {
        try {
            journal.append(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write " + folder.resolve(RunReport.JOURNAL) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the history, the results and the pictures.
     *
     * @param title what was run, in a few words
     * @param settings how it was run, in order
     */
    public void write(RunResult<?, ?> run, Results results, String title, SequencedMap<String, Object> settings)
            throws IOException {
        Files.writeString(folder.resolve("test.json"), ResultJson.of(settings).toPrettyString() + "\n");
        journal.flush();
        HistoryFile.write(folder.resolve(HistoryFile.NAME), run.events());
        Files.writeString(folder.resolve("results.edn"), Edn.write(results.map()) + "\n");
        Files.writeString(folder.resolve(RESULTS), ResultJson.of(results.map()).toPrettyString() + "\n");
        var facts = new LinkedHashMap<String, String>();
        settings.forEach((name, value) ->
                facts.put(name, value instanceof List<?> list ? words(list) : value.toString()));
        var view = new RunView(title, results.validity(), results.sentences(), facts, results.map(), logs());
        RunReport.write(folder.path(), view, Views.operations(run), Views.faults(run.events()));
    }

    private static String words(List<?> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private List<String> logs() throws IOException {
        try (var files = Files.list(folder.resolve(StoreFolder.LOGS))) {
            return files.map(file -> StoreFolder.LOGS + "/" + file.getFileName())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
