package dev.gyre.maelstrom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.maelstrom.analyze.JepsenHistory;
import dev.gyre.maelstrom.analyze.JepsenModel;
import dev.gyre.maelstrom.analyze.StoredHistory;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.result.ResultJson;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.store.RunArguments;
import dev.gyre.maelstrom.store.RunFiles;
import dev.gyre.maelstrom.store.UnreadableFile;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code maelstrom analyze}: judges a history again, or one that Jepsen has written. */
@Command(
        name = "analyze",
        description =
                "Judges the history of a stored run again, or a history in EDN, as Jepsen writes them: cas-register"
                        + " (with or without keys), list-append and rw-register. Nothing is run, and nothing is written.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes are those of test.",
            "",
            "Example: maelstrom analyze history.edn --model list-append --consistency-models serializable"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final String STRICTEST = "strict-serializable";

    private final Console console;
    private final Path store;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER|FILE",
            description = "The folder of a run, or a file with a history in EDN. Default: store/latest.")
    private @Nullable Path given;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "For a file: what the history is about: cas-register, list-append or rw-register. Default: what"
                            + " its operations tell.")
    private @Nullable String model;

    @Option(
            names = "--consistency-models",
            paramLabel = "MODELS",
            description =
                    "For transactions: the models that must hold, separated by commas. Default: those of the stored"
                            + " run; for a file " + STRICTEST + ".")
    private @Nullable String consistencyModels;

    AnalyzeCommand(Console console, Path store) {
        this.console = console;
        this.store = store;
    }

    @Override
    public Integer call() throws IOException {
        var path = given == null ? store.resolve("latest") : given;
        try {
            var results = Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
            ReportPrinter.print(console, results);
            return ExitCode.of(results.validity());
        } catch (UnreadableFile e) {
            throw new UsageError(e.problem());
        }
    }

    private Results ofFile(Path file) throws UnreadableFile {
        var named = JepsenModel.named(String.valueOf(model));
        if (model != null && named.isEmpty()) {
            throw FlagValues.unknown("model", model, JepsenModel.labels());
        }
        var models = KeyFlags.models(consistencyModels == null ? STRICTEST : consistencyModels);
        if (given == null) {
            throw new UsageError(file + ": there is no such folder; run something first, or name a folder or a file");
        }
        var history = JepsenHistory.read(file);
        return history.judge(named.isPresent() ? named.get() : history.inferred(), models);
    }

    private Results ofFolder(Path folder) throws IOException, UnreadableFile {
        if (model != null) {
            throw new UsageError("--model is for a file with a history; what a stored run is about is in its "
                    + RunArguments.FILE + ", so leave it out");
        }
        var settings = settings(RunArguments.read(folder), folder);
        var options = settings.options();
        var models = consistencyModels == null ? options.models() : KeyFlags.models(consistencyModels);
        return judge(folder, settings, with(options, models));
    }

    private TestSettings settings(RunArguments arguments, Path folder) {
        if (arguments.command().equals("test")) {
            var test = new TestCommand(console, store, arguments.nodeArguments());
            StoredFlags.parse(test, arguments, folder);
            return test.judged();
        }
        var simulate = new SimulateCommand(console, store, arguments.nodeArguments());
        StoredFlags.parse(simulate, arguments, folder);
        return simulate.judged();
    }

    private static Workloads.Settings with(Workloads.Settings options, Set<ConsistencyModel> models) {
        return new Workloads.Settings(options.nodes(), options.topology(), options.clients(), options.keys(), models);
    }

    private static Results judge(Path folder, TestSettings settings, Workloads.Settings options)
            throws IOException, UnreadableFile {
        return judge(
                folder, settings, Workloads.create(settings.workload(), options).orElseThrow());
    }

    private static <I, O> Results judge(Path folder, TestSettings settings, Workload<I, O> workload)
            throws IOException, UnreadableFile {
        var history = StoredHistory.read(folder, workload);
        return Results.again(workload, history, settings.availability(), stored(folder));
    }

    private static SequencedMap<String, Object> stored(Path folder) throws IOException, UnreadableFile {
        var file = folder.resolve(RunFiles.RESULTS);
        if (!Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            if (Json.parse(Files.readString(file)) instanceof ObjectNode object) {
                return ResultJson.read(object);
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableFile(
                    file + " is not JSON: " + e.getOriginalMessage() + "; delete it, and the history alone is judged");
        }
        throw new UnreadableFile(file + " is no result map; delete it, and the history alone is judged");
    }
}
