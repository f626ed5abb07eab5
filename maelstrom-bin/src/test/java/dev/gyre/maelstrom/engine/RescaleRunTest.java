package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.SetInput;
import dev.gyre.core.checker.SetOutput;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.engine.RunPlan.FaultPlan;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.result.Results;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Runs in which nodes are asked to rescale: what is in their histories, and in their results. */
class RescaleRunTest {
    private final RunSetup setup = new RunSetup()
            .load(new Load(3, 20, 20 * RunSetup.SECOND, 2 * RunSetup.SECOND))
            .faults(new FaultPlan(List.of(), true, RunSetup.SECOND));
    private int asked;

    private RunResult<SetInput, SetOutput> run(BiConsumer<Node, Letter> onRescale) {
        return setup.run((node, message) -> {
            if (message.type().equals("rescale")) {
                asked++;
                onRescale.accept(node, message);
            } else {
                RunSetup.broadcast(node, message);
            }
        });
    }

    private static List<HistoryEvent> steps(RunResult<?, ?> run) {
        return run.events().stream()
                .filter(event -> event.process().equals(HistoryEvent.NEMESIS))
                .toList();
    }

    @Test
    void whatWasAskedAndWhatCameOfItIsInTheHistoryAndInTheResults() {
        var run = run((node, message) -> {
            switch (asked % 3) {
                case 0 -> node.reply(message, Json.body("error").put("code", 11).put("text", "not now"));
                case 1 -> node.ok(message);
                default -> {}
            }
        });

        assertThat(run.failure()).isEmpty();
        assertThat(asked).isBetween(8, 20);
        var steps = steps(run);
        assertThat(steps).hasSize(2 * asked);
        assertThat(steps.get(0).function()).isEqualTo("start-rescale");
        assertThat(steps.get(0).value().asText()).matches("by n[0-2] to [1-3] workers?");
        assertThat(steps.get(1).function()).isEqualTo("stop-rescale");
        assertThat(steps.get(1).value().asText()).isEqualTo("committed");
        assertThat(steps.get(1).atNanos() - steps.get(0).atNanos()).isEqualTo(FakeCluster.THINKING_NANOS);
        assertThat(steps.get(3).value().asText()).isEqualTo("unknown");
        assertThat(steps.get(3).atNanos() - steps.get(2).atNanos()).isEqualTo(RunSetup.SECOND);
        assertThat(steps.get(5).error()).hasValue("11 temporarily-unavailable: not now");

        var results = Results.of(run, Optional.empty());
        assertThat(results.validity()).isEqualTo(Validity.VALID);
        var figures = (Map<?, ?>) results.map().get("rescales");
        assertThat(figures.get("count")).isEqualTo(asked);
        assertThat(figures.get("committed-count")).isEqualTo((asked + 2) / 3);
        assertThat(figures.get("unknown-count")).isEqualTo((asked + 1) / 3);
        assertThat(figures.get("refused-count")).isEqualTo(asked / 3);
        assertThat(String.valueOf(figures.get("errors"))).contains("not now", "no reply from n");
        assertThat(setup.notes).anyMatch(it -> it.matches("fault begins: rescale by n[0-2] to [1-3] workers?"));
        assertThat(setup.notes).contains("fault ends: rescale committed");
    }

    @Test
    void theRequestIsAnOrdinaryMessageOfAClient() {
        run(Node::ok);

        var requests = setup.journal.stream()
                .filter(entry -> entry instanceof JournalEntry.Sent
                        && entry.body().path("type").asText().equals("rescale"))
                .toList();
        assertThat(requests).hasSize(asked).allMatch(entry -> entry.src().matches("c[0-9]+"));
        assertThat(requests.getFirst().body().path("msg_id").isIntegralNumber()).isTrue();
    }

    @Test
    void theRunIsNotOverBeforeTheLastRescaleIs() {
        // Nobody answers, so one is under way at the end in most runs; with this interval in each.
        setup.load(new Load(3, 20, 5 * RunSetup.SECOND, 2 * RunSetup.SECOND))
                .faults(new FaultPlan(List.of(), true, 20 * RunSetup.SECOND));
        var run = run((node, message) -> {});

        assertThat(steps(run)).hasSize(2);
        assertThat(steps(run).getLast().atNanos())
                .isEqualTo(steps(run).getFirst().atNanos() + 20 * RunSetup.SECOND);
        var last = run.history().getLast();
        assertThat(last.invokedNanos())
                .isGreaterThanOrEqualTo(steps(run).getLast().atNanos() + 2 * RunSetup.SECOND);
    }

    @Test
    void aNodeThatCannotBeRescaledEndsTheRunWithAdvice() {
        var run = run((node, message) -> node.reply(message, Json.body("error").put("code", 10)));

        assertThat(run.failure().orElseThrow().sentence())
                .matches("Node n[0-2] cannot be rescaled: it answered rescale with error 10 not-supported; .*")
                .contains("leave rescale out of --nemesis");
        assertThat(asked).isEqualTo(1);
        assertThat(steps(run).getLast().value().asText()).isEqualTo("refused");
    }

    @Test
    void nobodyIsAskedUnlessThePlanSaysSo() {
        setup.faults(new FaultPlan(List.of(), RunSetup.SECOND));
        var run = run(Node::ok);

        assertThat(asked).isZero();
        assertThat(Results.of(run, Optional.empty()).map()).doesNotContainKey("rescales");
    }
}
