package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.SetInput;
import dev.gyre.core.checker.SetOutput;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.engine.RunPlan.FaultPlan;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.nemesis.PartitionFault;
import dev.gyre.maelstrom.net.LatencyModel;
import dev.gyre.maelstrom.net.LatencyModel.Distribution;
import dev.gyre.maelstrom.net.Message;
import dev.gyre.maelstrom.schedule.RandomStreams;
import dev.gyre.maelstrom.schedule.Timeline;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NODES = List.of("n0", "n1", "n2");

    private final List<JournalEntry> journal = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Test
    void aGoodClusterIsInitialisedGreetedWorkedAtAndReadALastTime() {
        var run = run(3, 10, RunTest::broadcast);

        assertThat(run.failure()).isEmpty();
        assertThat(run.workload().check(run.history()).validity()).isEqualTo(Validity.VALID);
        assertThat(types(journal)).startsWith("init", "init", "init", "init_ok", "init_ok", "init_ok", "topology");
        var last = run.history().subList(run.history().size() - 3, run.history().size());
        assertThat(last).allMatch(it -> it.input() instanceof SetInput.Read && it.isOk());
        assertThat(last.getFirst().invokedNanos() - beforeLast(run).completedNanos())
                .isGreaterThanOrEqualTo(10 * SECOND);
    }

    @Test
    void theSameSeedGivesTheSameHistoryAndTheSameMessages() {
        var first = run(5, 20, RunTest::broadcast);
        var firstJournal = List.copyOf(journal);
        journal.clear();
        var second = run(5, 20, RunTest::broadcast);

        assertThat(second.events()).isEqualTo(first.events()).hasSizeGreaterThan(100);
        assertThat(journal).isEqualTo(firstJournal);

        journal.clear();
        assertThat(new Setup().seed(8).run(RunTest::broadcast).events()).isNotEqualTo(first.events());
    }

    @Test
    void operationsComeAtTheRateAskedFor() {
        var run = new Setup().load(new Load(6, 100, 20 * SECOND, 0)).run(RunTest::broadcast);

        assertThat(run.history().size()).isBetween(1_850, 2_150);
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < 1_800; i++) {
            gaps.add(run.history().get(i).invokedNanos()
                    - run.history().get(i - 1).invokedNanos());
        }
        assertThat(gaps).allMatch(gap -> gap >= 0 && gap <= SECOND / 50);
    }

    @Test
    void aRateOfZeroLeavesOnlyTheLastReads() {
        var run = new Setup().load(new Load(3, 0, SECOND, 0)).run(RunTest::broadcast);

        assertThat(run.history()).hasSize(3).allMatch(it -> it.input() instanceof SetInput.Read);
    }

    @Test
    void eachWorkerTalksToItsNodeAndAllAreUsed() {
        new Setup().load(new Load(6, 100, 10 * SECOND, 0)).run(RunTest::broadcast);

        var pairs = journal.stream()
                .filter(it -> it instanceof JournalEntry.Sent
                        && it.body().path("type").asText().equals("broadcast"))
                .map(it -> it.src() + " " + it.dest())
                .collect(Collectors.toCollection(TreeSet::new));
        // c0 to c2 initialised the nodes.
        assertThat(pairs).containsExactly("c3 n0", "c4 n1", "c5 n2", "c6 n0", "c7 n1", "c8 n2");
    }

    @Test
    void definiteErrorsFailAndOthersAreUnknownExceptOfReads() {
        var run = run(5, 10, (node, message) -> {
            switch (message.body().path("type").asText()) {
                case "broadcast" ->
                    node.reply(
                            message,
                            Json.body("error")
                                    .put("code", message.body().path("message").asInt() % 2 == 0 ? 11 : 13));
                case "read" ->
                    node.reply(message, Json.body("error").put("code", 0).put("text", "too slow"));
                default -> node.ok(message);
            }
        });

        for (var operation : run.history()) {
            switch (operation.input()) {
                case SetInput.Add(long element) ->
                    assertThat(operation.outcome())
                            .isInstanceOf(element % 2 == 0 ? Outcome.Failed.class : Outcome.Unknown.class);
                case SetInput.Read() -> assertThat(operation.outcome()).isInstanceOf(Outcome.Failed.class);
            }
        }
        assertThat(run.events()).anyMatch(it -> it.error().equals(Optional.of("0 timeout: too slow")));
    }

    @Test
    void afterAnUnknownOutcomeTheWorkerIsAnotherProcessWithANewConnection() {
        var run = run(10, 10, (node, message) -> {
            switch (message.body().path("type").asText()) {
                case "broadcast" -> {}
                case "read" ->
                    node.reply(
                            message,
                            Json.body("read_ok").set("messages", Json.object().arrayNode()));
                default -> node.ok(message);
            }
        });

        var unknown = run.history().stream().filter(it -> it.isUnknown()).toList();
        assertThat(unknown).hasSizeGreaterThan(3);
        for (var operation : unknown) {
            assertThat(operation.completedNanos() - operation.invokedNanos()).isEqualTo(5 * SECOND);
            var later = run.history().stream()
                    .filter(it -> it.index() > operation.index())
                    .map(it -> it.process());
            assertThat(later).doesNotContain(operation.process());
            assertThat(run.history()).allMatch(it -> it.process() >= 0);
        }
        assertThat(run.history()).anyMatch(it -> it.process() >= 3);
        Set<String> writers = journal.stream()
                .filter(it -> it.body().path("type").asText().equals("broadcast"))
                .map(JournalEntry::src)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(writers).hasSize(unknown.size());
    }

    @Test
    void aMalformedReplyMakesEvenAReadUnknownAndIsReported() {
        var run = run(2, 10, (node, message) -> {
            var type = message.body().path("type").asText();
            node.reply(
                    message, type.equals("read") ? Json.body("read_ok").put("messages", 3) : Json.body(type + "_ok"));
        });

        assertThat(run.history())
                .filteredOn(it -> it.input() instanceof SetInput.Read)
                .isNotEmpty()
                .allMatch(it -> it.isUnknown());
        assertThat(run.problems().count()).isPositive();
        assertThat(notes).anyMatch(it -> it.contains("answered read") && it.contains("messages"));
    }

    @Test
    void lateRepliesAndThoseWithoutInReplyToAreIgnored() {
        var run = run(8, 5, (node, message) -> {
            switch (message.body().path("type").asText()) {
                case "broadcast" -> node.send(message.src(), Json.body("broadcast_ok"));
                case "read" -> {
                    node.send(message.src(), Json.body("read_ok").put("in_reply_to", 99));
                    node.reply(
                            message,
                            Json.body("read_ok").set("messages", Json.object().arrayNode()));
                }
                default -> node.ok(message);
            }
        });

        assertThat(run.history()).allMatch(it -> it.input() instanceof SetInput.Read ? it.isOk() : it.isUnknown());
        assertThat(notes).anyMatch(it -> it.contains("without \"in_reply_to\""));
    }

    @Test
    void faultsCutNodesFromNodesWhileClientsWorkAndNoLonger() {
        var run = new Setup()
                .load(new Load(3, 50, 20 * SECOND, 10 * SECOND))
                .faults(new FaultPlan(List.of(new PartitionFault()), SECOND))
                .run(RunTest::broadcast);

        var dropped =
                journal.stream().filter(JournalEntry.Dropped.class::isInstance).toList();
        assertThat(dropped)
                .isNotEmpty()
                .allMatch(it -> NODES.contains(it.src()) && NODES.contains(it.dest()))
                .allMatch(it -> it.atNanos() < 21 * SECOND);
        var steps = run.events().stream()
                .filter(it -> it.process().equals("nemesis"))
                .map(HistoryEvent::function)
                .toList();
        assertThat(steps)
                .startsWith("start-partition", "stop-partition", "start-partition")
                .endsWith("stop-partition");
        // This broadcast tells each node once and never again: under partitions that loses elements.
        assertThat(run.workload().check(run.history()).validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void aNodeThatDoesNotAnswerInitBreaksTheRunOff() {
        var run = run(5, 10, (node, message) -> {
            if (!node.id.equals("n1")) {
                node.ok(message);
            }
        });

        var failure = run.failure().orElseThrow();
        assertThat(failure.node()).isEqualTo("n1");
        assertThat(failure.sentence()).isEqualTo("Node n1 did not answer init within 10 s");
        assertThat(failure.logTail()).containsExactly("last words of n1");
        assertThat(run.history()).isEmpty();
    }

    @Test
    void aNodeThatAnswersInitWithAnErrorBreaksTheRunOff() {
        var run = run(
                5, 10, (node, message) -> node.reply(message, Json.body("error").put("code", 11)));

        assertThat(run.failure().orElseThrow().sentence())
                .contains("n0")
                .contains("init")
                .contains("\"code\":11");
    }

    @Test
    void whatANodeMustNotDoBreaksTheRunOffAtOnceWithNodeAndLine() {
        assertThat(failure((node, message) -> node.write("Got it!")).sentence())
                .startsWith("Line 5 of node n")
                .contains("is not JSON")
                .contains("s into the run");
        assertThat(failure((node, message) -> node.write("Got it!"))
                        .line()
                        .orElseThrow()
                        .text())
                .isEqualTo("Got it!");
        assertThat(failure((node, message) -> node.send("n9", Json.body("hi"))).sentence())
                .contains("names an unknown dest, \"n9\"");
        assertThat(failure((node, message) -> node.write("{\"src\":\"n9\",\"dest\":\"n0\",\"body\":{\"type\":\"hi\"}}"))
                        .sentence())
                .contains("names \"n9\" as its sender");
        assertThat(failure((node, message) -> node.happen(new NodeEvent.Ended(node.id, "exited with code 1")))
                        .sentence())
                .contains("exited with code 1");
    }

    @Test
    void whatIsUnderWayWhenARunBreaksOffIsUnknown() {
        var run = run(5, 10, (node, message) -> {
            switch (message.body().path("type").asText()) {
                case "broadcast" -> node.happen(new NodeEvent.Ended(node.id, "was killed by signal 9"));
                case "read" ->
                    node.reply(
                            message,
                            Json.body("read_ok").set("messages", Json.object().arrayNode()));
                default -> node.ok(message);
            }
        });

        assertThat(run.failure()).isPresent();
        assertThat(run.history().getLast().isUnknown()).isTrue();
    }

    @Test
    void progressTellsPhaseCountsAndFaults() {
        var timeline = new Timeline();
        var cluster = new FakeCluster(timeline, RunTest::broadcast);
        var setup = new Setup().faults(new FaultPlan(List.of(new PartitionFault()), 100 * SECOND));
        var run = new Run<>(setup.plan(), workload(), timeline, cluster, new RunObserver() {});
        var phases = new ArrayList<String>();
        timeline.at(3 * SECOND, () -> {
            var progress = run.progress();
            assertThat(progress.counts().invoked()).isPositive();
            assertThat(progress.counts().ok()).isPositive();
            assertThat(progress.faults()).hasSize(1);
            assertThat(progress.limitNanos()).isEqualTo(5 * SECOND);
            phases.add(progress.phase());
        });
        timeline.at(10 * SECOND, () -> phases.add(run.progress().phase()));

        FakeCluster.drive(run, cluster);

        assertThat(phases).containsExactly("running", "recovering");
    }

    private RunFailure failure(BiConsumer<Node, Message> onBroadcast) {
        var run = run(5, 10, (node, message) -> {
            switch (message.body().path("type").asText()) {
                case "broadcast" -> {
                    for (int i = 0; i < 2; i++) {
                        node.ok(message);
                    }
                    onBroadcast.accept(node, message);
                }
                case "read" -> {}
                default -> node.ok(message);
            }
        });
        return run.failure().orElseThrow();
    }

    /** Tells all others what it hears for the first time. */
    private static void broadcast(Node node, Message message) {
        @SuppressWarnings("unchecked") // Nothing else is kept under this name.
        var elements = (Set<Long>) node.memory.computeIfAbsent("elements", absent -> new TreeSet<Long>());
        switch (message.body().path("type").asText()) {
            case "broadcast" -> {
                elements.add(message.body().path("message").asLong());
                NODES.stream()
                        .filter(it -> !it.equals(node.id))
                        .forEach(it -> node.send(
                                it,
                                Json.body("gossip")
                                        .set("message", message.body().get("message"))));
                node.ok(message);
            }
            case "gossip" -> elements.add(message.body().path("message").asLong());
            case "read" -> {
                var ok = Json.body("read_ok");
                var array = ok.putArray("messages");
                elements.forEach(array::add);
                node.reply(message, ok);
            }
            default -> node.ok(message);
        }
    }

    private RunResult<SetInput, SetOutput> run(int seconds, double rate, BiConsumer<Node, Message> behaviour) {
        return new Setup()
                .load(new Load(3, rate, seconds * SECOND, 10 * SECOND))
                .run(behaviour);
    }

    @SuppressWarnings("unchecked") // Broadcast is a set.
    private static Workload<SetInput, SetOutput> workload() {
        return (Workload<SetInput, SetOutput>)
                Workloads.create("broadcast", new Workloads.Settings(NODES, Topology.TOTAL))
                        .orElseThrow();
    }

    /** A run of broadcast, to be changed in one respect. */
    private final class Setup {
        private long seed = 7;
        private Load load = new Load(3, 10, 5 * SECOND, 10 * SECOND);
        private FaultPlan faults = new FaultPlan(List.of(), SECOND);

        Setup seed(long value) {
            seed = value;
            return this;
        }

        Setup load(Load value) {
            load = value;
            return this;
        }

        Setup faults(FaultPlan value) {
            faults = value;
            return this;
        }

        RunPlan plan() {
            var latency = new LatencyModel(Distribution.EXPONENTIAL, SECOND / 100);
            return new RunPlan(NODES, load, latency, faults, new RandomStreams(seed));
        }

        RunResult<SetInput, SetOutput> run(BiConsumer<Node, Message> behaviour) {
            var timeline = new Timeline();
            var cluster = new FakeCluster(timeline, behaviour);
            var run = new Run<>(plan(), workload(), timeline, cluster, new RunObserver() {
                @Override
                public void message(JournalEntry entry) {
                    journal.add(entry);
                }

                @Override
                public void note(String line) {
                    notes.add(line);
                }
            });
            FakeCluster.drive(run, cluster);
            return run.result();
        }
    }

    private static Operation<?, ?> beforeLast(RunResult<?, ?> run) {
        return run.history().get(run.history().size() - 4);
    }

    private static List<String> types(List<JournalEntry> journal) {
        return journal.stream()
                .filter(JournalEntry.Sent.class::isInstance)
                .map(it -> it.body().path("type").asText())
                .toList();
    }
}
