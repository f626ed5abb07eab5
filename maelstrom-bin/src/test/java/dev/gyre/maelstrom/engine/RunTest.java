package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.SetInput;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.RunPlan.FaultPlan;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.nemesis.PartitionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunTest {
    private final RunSetup setup = new RunSetup();
    private final List<JournalEntry> journal = setup.journal;
    private final List<String> notes = setup.notes;

    @Test
    void aGoodClusterIsInitialisedGreetedWorkedAtAndReadALastTime() {
        var run = setup.run(3, 10, RunSetup::broadcast);

        assertThat(run.failure()).isEmpty();
        assertThat(run.workload().check(run.history()).validity()).isEqualTo(Validity.VALID);
        assertThat(types(journal)).startsWith("init", "init", "init", "init_ok", "init_ok", "init_ok", "topology");
        var last = run.history().subList(run.history().size() - 3, run.history().size());
        assertThat(last).allMatch(it -> it.input() instanceof SetInput.Read && it.isOk());
        assertThat(last.getFirst().invokedNanos() - beforeLast(run).completedNanos())
                .isGreaterThanOrEqualTo(10 * RunSetup.SECOND);
    }

    @Test
    void theSameSeedGivesTheSameHistoryAndTheSameMessages() {
        var first = setup.run(5, 20, RunSetup::broadcast);
        var firstJournal = List.copyOf(journal);
        journal.clear();
        var second = setup.run(5, 20, RunSetup::broadcast);

        assertThat(second.events()).isEqualTo(first.events()).hasSizeGreaterThan(100);
        assertThat(journal).isEqualTo(firstJournal);

        journal.clear();
        assertThat(setup.seed(8).run(RunSetup::broadcast).events()).isNotEqualTo(first.events());
    }

    @Test
    void operationsComeAtTheRateAskedFor() {
        var run = setup.load(new Load(6, 100, 20 * RunSetup.SECOND, 0)).run(RunSetup::broadcast);

        assertThat(run.history().size()).isBetween(1_850, 2_150);
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < 1_800; i++) {
            gaps.add(run.history().get(i).invokedNanos()
                    - run.history().get(i - 1).invokedNanos());
        }
        assertThat(gaps).allMatch(gap -> gap >= 0 && gap <= RunSetup.SECOND / 50);
    }

    @Test
    void aRateOfZeroLeavesOnlyTheLastReads() {
        var run = setup.load(new Load(3, 0, RunSetup.SECOND, 0)).run(RunSetup::broadcast);

        assertThat(run.history()).hasSize(3).allMatch(it -> it.input() instanceof SetInput.Read);
    }

    @Test
    void eachWorkerTalksToItsNodeAndAllAreUsed() {
        setup.load(new Load(6, 100, 10 * RunSetup.SECOND, 0)).run(RunSetup::broadcast);

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
        var run = setup.run(5, 10, (node, message) -> {
            switch (message.toBody().path("type").asText()) {
                case "broadcast" ->
                    node.reply(
                            message,
                            Json.body("error")
                                    .put(
                                            "code",
                                            message.toBody().path("message").asInt() % 2 == 0 ? 11 : 13));
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
        var run = setup.run(10, 10, (node, message) -> {
            switch (message.toBody().path("type").asText()) {
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
            assertThat(operation.completedNanos() - operation.invokedNanos()).isEqualTo(5 * RunSetup.SECOND);
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
        var run = setup.run(2, 10, (node, message) -> {
            var type = message.toBody().path("type").asText();
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
        var run = setup.run(8, 5, (node, message) -> {
            switch (message.toBody().path("type").asText()) {
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
        var run = setup.load(new Load(3, 50, 20 * RunSetup.SECOND, 10 * RunSetup.SECOND))
                .faults(new FaultPlan(List.of(new PartitionFault()), RunSetup.SECOND))
                .run(RunSetup::broadcast);

        var dropped =
                journal.stream().filter(JournalEntry.Dropped.class::isInstance).toList();
        assertThat(dropped)
                .isNotEmpty()
                .allMatch(it -> RunSetup.NODES.contains(it.src()) && RunSetup.NODES.contains(it.dest()))
                .allMatch(it -> it.atNanos() < 21 * RunSetup.SECOND);
        var steps = run.events().stream()
                .filter(it -> it.process().equals(HistoryEvent.NEMESIS))
                .toList();
        assertThat(steps)
                .hasSizeGreaterThan(10)
                .hasSizeLessThan(31)
                .allMatch(it -> it.atNanos() < 21 * RunSetup.SECOND);
        assertThat(steps.getFirst().function()).isEqualTo("start-partition");
        assertThat(steps.getLast().function()).isEqualTo("stop-partition");
        // This broadcast tells each node once and never again: under partitions that loses elements.
        assertThat(run.workload().check(run.history()).validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void progressTellsPhaseCountsAndFaults() {
        var timeline = new Timeline();
        var cluster = new FakeCluster(timeline, RunSetup::broadcast);
        setup.faults(new FaultPlan(List.of(new PartitionFault()), 100 * RunSetup.SECOND));
        var run = new Run<>(setup.plan(), RunSetup.workload(), timeline, cluster, new RunObserver() {});
        var phases = new ArrayList<String>();
        timeline.at(3 * RunSetup.SECOND, () -> {
            var progress = run.progress();
            assertThat(progress.counts().invoked()).isPositive();
            assertThat(progress.counts().ok()).isPositive();
            assertThat(progress.faults()).hasSize(1);
            assertThat(progress.limitNanos()).isEqualTo(5 * RunSetup.SECOND);
            phases.add(progress.phase());
        });
        timeline.at(10 * RunSetup.SECOND, () -> phases.add(run.progress().phase()));

        FakeCluster.drive(run, cluster);

        assertThat(phases).containsExactly("running", "recovering");
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
