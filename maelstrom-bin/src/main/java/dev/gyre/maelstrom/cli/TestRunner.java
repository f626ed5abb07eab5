package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Run;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.process.ProcessDriver;
import dev.gyre.maelstrom.process.ProcessHost;
import dev.gyre.maelstrom.process.ProcessSpec;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.maelstrom.simulate.Simulator;
import dev.gyre.maelstrom.store.RunArguments;
import dev.gyre.maelstrom.store.RunFiles;
import dev.gyre.maelstrom.store.StoreFolder;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Runs one test, with processes or simulated, writes its files, and judges it. */
final class TestRunner {
    private final Path store;
    private final Console console;

    TestRunner(Path store, Console console) {
        this.store = store;
        this.console = console;
    }

    /** A test that was run, and where its files are. */
    record Report(Results results, StoreFolder folder) {}

    /**
     * Runs a test.
     *
     * @param arguments starts it again
     * @param program what nodes run in a simulation; nothing when they are processes
     */
    Report run(TestSettings settings, RunArguments arguments, Optional<Program<?, ?>> program)
            throws IOException, InterruptedException {
        var workload = Workloads.create(settings.workload(), settings.options()).orElseThrow();
        var folder = StoreFolder.create(store, settings.workload(), ZonedDateTime.now(ZoneId.systemDefault()));
        arguments.write(folder);
        try (var files = new RunFiles(folder)) {
            var observer = new Observer(console, files, settings.logging());
            var run = program.isPresent()
                    ? Simulator.run(settings.plan(), workload, program.get(), observer)
                            .result()
                    : execute(settings, workload, folder, observer);
            var results = program.isPresent()
                    ? Results.ofSweep(run, settings.availability())
                    : Results.of(run, settings.availability());
            files.write(run, results, title(settings), describe(settings));
            return new Report(results, folder);
        }
    }

    private <I, O> RunResult<I, O> execute(
            TestSettings settings, Workload<I, O> workload, StoreFolder folder, RunObserver observer)
            throws InterruptedException {
        var spec = new ProcessSpec(
                settings.command(),
                TestSettings.nodeDirectory(),
                folder.resolve(StoreFolder.LOGS),
                folder.resolve(StoreFolder.DATA).toAbsolutePath(),
                settings.logging().nodeLogs() ? Optional.of(console::note) : Optional.empty());
        var timeline = new Timeline();
        try (var host = new ProcessHost(spec)) {
            var run = new Run<>(settings.plan(), workload, timeline, host, observer);
            new ProcessDriver(host, timeline, console.progressEveryNanos())
                    .drive(run, () -> console.progress(run.progress()));
            return run.result();
        }
    }

    private static String title(TestSettings settings) {
        int nodes = settings.plan().nodes().size();
        return settings.workload() + ", " + nodes + (nodes == 1 ? " node" : " nodes");
    }

    private static SequencedMap<String, Object> describe(TestSettings settings) {
        var plan = settings.plan();
        var map = new LinkedHashMap<String, Object>();
        map.put("workload", settings.workload());
        map.put("command", settings.command());
        map.put("seed", plan.random().seed());
        map.put("nodes", plan.nodes());
        map.put("workers", plan.load().workers());
        map.put("rate", plan.load().ratePerSecond());
        map.put("time-limit-nanos", plan.load().timeLimitNanos());
        map.put("final-wait-nanos", plan.load().finalWaitNanos());
        map.put("latency-nanos", plan.latency().meanNanos());
        map.put("latency-dist", plan.latency().distribution().name());
        map.put("nemesis", plan.faults().names());
        map.put("nemesis-interval-nanos", plan.faults().intervalNanos());
        map.put("topology", settings.options().topology().label());
        map.put(
                "consistency-models",
                settings.options().models().stream()
                        .map(ConsistencyModel::label)
                        .toList());
        map.put("max-txn-length", settings.options().keys().txnLengthMax());
        map.put("key-count", settings.options().keys().count());
        map.put("max-writes-per-key", settings.options().keys().writesMax());
        settings.availability().ifPresent(it -> map.put("availability", it.okFractionMin()));
        return map;
    }

    private record Observer(Console console, RunFiles files, TestSettings.Logging logging) implements RunObserver {
        @Override
        public boolean wantsMessages() {
            return true;
        }

        @Override
        public void message(JournalEntry entry) {
            files.message(entry);
            boolean sent = entry instanceof JournalEntry.Sent;
            if (sent ? logging.sent() : logging.received()) {
                String verb = switch (entry) {
                    case JournalEntry.Sent any -> "send";
                    case JournalEntry.Received any -> "recv";
                    case JournalEntry.Dropped dropped -> "drop (" + dropped.reason() + ")";
                };
                console.note(verb + " " + entry.messageId() + " " + entry.src() + " -> " + entry.dest() + " "
                        + entry.body());
            }
        }

        @Override
        public void note(String line) {
            console.note(line);
        }
    }
}
