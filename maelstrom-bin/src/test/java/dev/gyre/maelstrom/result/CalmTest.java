package dev.gyre.maelstrom.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.engine.NetworkCounts;
import dev.gyre.maelstrom.engine.Problems;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalmTest {
    private static final JsonNode TEXT = TextNode.valueOf("hello");

    private final List<HistoryEvent> events = new ArrayList<>();
    private final List<Operation<JsonNode, JsonNode>> history = new ArrayList<>();

    private void nemesis(long at, String function) {
        events.add(
                new HistoryEvent(at, HistoryEvent.Type.INFO, HistoryEvent.NEMESIS, function, TEXT, Optional.empty()));
    }

    private void operation(long from, long to, Outcome<JsonNode> outcome) {
        history.add(new Operation<>(history.size(), 0, TEXT, from, outcome, to));
    }

    private void ok(long from, long to) {
        operation(from, to, new Outcome.Ok<>(TEXT));
    }

    private void error(long from, long to, ErrorCode code) {
        operation(from, to, Outcome.of(new RpcError(code, "")));
    }

    private RunResult<JsonNode, JsonNode> run() {
        @SuppressWarnings("unchecked")
        var echo = (Workload<JsonNode, JsonNode>) Workloads.create(
                        "echo",
                        new Workloads.Settings(
                                List.of("n0"),
                                Topology.GRID,
                                new Workloads.Clients(1, 1, 1),
                                new Workloads.Keys(1, 1, 1),
                                EnumSet.noneOf(ConsistencyModel.class)))
                .orElseThrow();
        return new RunResult<>(echo, history, events, new NetworkCounts(), new Problems(line -> {}), Optional.empty());
    }

    @Test
    void operationsThatAFaultTouchesDoNotCount() {
        nemesis(10, "start-kill");
        nemesis(20, "start-partition");
        nemesis(30, "stop-kill");
        nemesis(40, "stop-partition");
        nemesis(60, "start-kill");
        ok(0, 10);
        ok(9, 11);
        ok(15, 16);
        ok(31, 32);
        ok(39, 41);
        ok(40, 60);
        ok(41, 61);
        ok(61, 62);

        assertThat(Calm.of(run())).isEqualTo(new Calm(2, 0, 0, 0));
    }

    @Test
    void refusalsAreAnswersAndOtherErrorsAreNot() {
        ok(1, 2);
        error(1, 2, ErrorCode.PRECONDITION_FAILED);
        error(1, 2, ErrorCode.KEY_DOES_NOT_EXIST);
        error(1, 2, ErrorCode.TEMPORARILY_UNAVAILABLE);
        error(1, 2, ErrorCode.TIMEOUT);

        assertThat(Calm.of(run())).isEqualTo(new Calm(1, 2, 1, 1));
        assertThat(Calm.of(run()).answeredFraction()).isEqualTo(0.6);
    }

    @Test
    void runsWithFaultsShowIt() {
        ok(1, 2);
        assertThat(Results.of(run(), Optional.empty()).map().get("availability").toString())
                .doesNotContain("outside-faults");
        nemesis(5, "start-kill");
        assertThat(Results.of(run(), Optional.empty()).map().get("availability").toString())
                .contains("outside-faults={count=1, ok-count=1, refused-count=0, fail-count=0, info-count=0,"
                        + " ok-fraction=1.0, answered-fraction=1.0}");
    }
}
