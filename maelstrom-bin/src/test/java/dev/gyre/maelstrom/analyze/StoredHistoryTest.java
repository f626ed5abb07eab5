package dev.gyre.maelstrom.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.nemesis.Faults;
import dev.gyre.maelstrom.simulate.Programs;
import dev.gyre.maelstrom.simulate.Simulator;
import dev.gyre.maelstrom.store.HistoryFile;
import dev.gyre.maelstrom.store.UnreadableFile;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StoredHistoryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Workloads.Settings SETTINGS =
            new Workloads.Settings(List.of("n0", "n1", "n2"), Topology.TOTAL);

    @TempDir
    private Path folder = Path.of("");

    static Stream<String> workloads() {
        return Workloads.names().stream();
    }

    /** Nodes that are killed forget, so most of these runs break promises: what is wrong has to survive as well. */
    @ParameterizedTest
    @MethodSource("workloads")
    void readingAHistoryBackGivesTheSameOperationsAndTheSameVerdict(String name) throws Exception {
        for (long seed = 1; seed <= 2; seed++) {
            var workload = Workloads.create(name, SETTINGS).orElseThrow();
            roundTrip(
                    run(name, workload, seed), Workloads.create(name, SETTINGS).orElseThrow());
        }
    }

    private static <I, O> RunResult<I, O> run(String name, Workload<I, O> workload, long seed) {
        var plan = new RunPlan(
                SETTINGS.nodes(),
                new RunPlan.Load(3, 40, 20 * SECOND, 5 * SECOND),
                Latency.exponential(Duration.ofMillis(30)),
                new RunPlan.FaultPlan(
                        List.of(
                                Faults.named("kill").orElseThrow(),
                                Faults.named("partition").orElseThrow()),
                        4 * SECOND),
                new RandomStreams(seed));
        var node = switch (name) {
            case "lin-mutex" -> "lock";
            case "keyed-totals" -> "totals-raft";
            case "windowed-totals" -> "stream-count";
            default -> name;
        };
        var program = Programs.named(node, List.of()).orElseThrow();
        return Simulator.run(plan, workload, program, new RunObserver() {}).result();
    }

    private <I, O> void roundTrip(RunResult<I, O> run, Workload<?, ?> fresh) throws Exception {
        var file = folder.resolve(HistoryFile.NAME);
        HistoryFile.write(file, run.events());
        assertThat(HistoryFile.read(file)).isEqualTo(HistoryFile.read(file)).hasSameSizeAs(run.events());

        var read = StoredHistory.read(folder, run.workload());
        assertThat(read).hasSameSizeAs(run.history());
        for (int i = 0; i < read.size(); i++) {
            assertThat(shown(run.workload(), read.get(i)))
                    .isEqualTo(shown(run.workload(), run.history().get(i)));
        }
        var verdict = run.workload().check(run.history());
        var again = check(fresh);
        assertThat(again).isEqualTo(verdict.validity() + " " + verdict.sentence() + " " + verdict.details());
    }

    private <I, O> String check(Workload<I, O> fresh) throws Exception {
        var verdict = fresh.check(StoredHistory.read(folder, fresh));
        return verdict.validity() + " " + verdict.sentence() + " " + verdict.details();
    }

    private static <I, O> String shown(Workload<I, O> workload, Operation<I, O> it) {
        var outcome = it.outcome() instanceof Outcome.Ok<O>(O output)
                ? String.valueOf(output)
                : it.outcome().toString();
        // Whether a client is new is told by its process.
        var input = String.valueOf(it.input()).replace("newClient=true", "newClient=false");
        return it.index() + " " + it.process() + " " + it.invokedNanos() + " " + it.completedNanos() + " "
                + workload.function(it.input()) + " " + input + " " + outcome;
    }

    @Test
    void someOfTheseRunsAreWrong() {
        var verdicts = LongStream.rangeClosed(1, 20)
                .mapToObj(seed ->
                        judge(run("g-set", Workloads.create("g-set", SETTINGS).orElseThrow(), seed)))
                .toList();
        assertThat(verdicts).contains(Validity.INVALID);
    }

    private static <I, O> Validity judge(RunResult<I, O> run) {
        return run.workload().check(run.history()).validity();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            g-set      | {"time":1,"type":"invoke","process":0,"f":"dance","value":1}      | g-set has no operation "dance"
            g-set      | {"time":1,"type":"invoke","process":0,"f":"add","value":"1"}      | expected an integer
            g-counter  | {"time":1,"type":"invoke","process":0,"f":"add","value":null}     | expected an integer
            lin-kv     | {"time":1,"type":"invoke","process":0,"f":"read","value":7}       | expected an array of 2
            lin-kv     | {"time":1,"type":"invoke","process":0,"f":"cas","value":[1,2]}    | expected [key, [from, to]]
            kafka      | {"time":1,"type":"invoke","process":0,"f":"send","value":[["send"]]} | expected one operation of 3 parts
            txn-list-append | {"time":1,"type":"invoke","process":0,"f":"txn","value":[[]]} | expected an array of operations
            echo       | {"time":1,"type":"ok","process":0,"f":"echo","value":1}           | has not invoked
            echo       | {"time":1,"type":"okay","process":0,"f":"echo","value":1}         | none of invoke, ok, fail, info
            echo       | {"time":1,"type":"ok","process":0.5,"f":"echo","value":1}         | an event has time
            echo       | [1]                                                               | an event has time
            echo       | {                                                                 | this is not JSON
            """)
    void lineThatIsNoEventIsNamed(String name, String line, String problem) throws Exception {
        Files.writeString(folder.resolve(HistoryFile.NAME), line + "\n");

        assertThatThrownBy(() -> StoredHistory.read(
                        folder, Workloads.create(name, SETTINGS).orElseThrow()))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("history.jsonl:1: ")
                .hasMessageContaining(problem);
    }
}
