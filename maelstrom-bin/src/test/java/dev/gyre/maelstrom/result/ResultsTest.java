package dev.gyre.maelstrom.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.NetworkCounts;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import dev.gyre.maelstrom.engine.Problems;
import dev.gyre.maelstrom.engine.RunFailure;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final JsonNode TEXT = TextNode.valueOf("Please echo 1");

    @Test
    void aGoodRunHasAllOfMaelstromsKeys() {
        var results = Results.of(run(Optional.empty(), ok(TEXT), ok(TEXT)), Optional.empty());

        assertThat(results.validity()).isEqualTo(Validity.VALID);
        assertThat(results.map().keySet())
                .containsExactly(
                        "perf", "timeline", "exceptions", "stats", "availability", "net", "workload", "valid?");
        assertThat(part(results, "stats"))
                .contains(":count 2", ":ok-count 2", ":fail-count 0", ":info-count 0", ":by-f {:echo {:valid? true");
        assertThat(part(results, "net"))
                .contains(":all {:send-count 3", ":recv-count 2", ":msg-count 3", ":msgs-per-op 1.5")
                .contains(":servers {:send-count 1, :recv-count 0, :msg-count 1, :msgs-per-op 0.5}")
                .contains(":clients {:send-count 2, :recv-count 2, :msg-count 2}");
    }

    @Test
    void aWrongReplyIsToldFirst() {
        var results = Results.of(run(Optional.empty(), ok(TEXT), ok(TextNode.valueOf("no"))), Optional.empty());

        assertThat(results.validity()).isEqualTo(Validity.INVALID);
        assertThat(results.sentences().getFirst()).contains("Please echo 1");
        assertThat(results.map().get("valid?")).isEqualTo(false);
    }

    @Test
    void aKindThatWasNeverServedMakesTheRunInvalid() {
        var results = Results.of(run(Optional.empty(), unknown(), unknown()), Optional.empty());

        assertThat(results.validity()).isEqualTo(Validity.INVALID);
        assertThat(results.sentences()).anyMatch(it -> it.equals("No echo was served."));
    }

    @Test
    void availabilityIsJudgedOnlyOnDemand() {
        var run = run(Optional.empty(), ok(TEXT), ok(TEXT), ok(TEXT), unknown());

        assertThat(Results.of(run, Optional.empty()).validity()).isEqualTo(Validity.VALID);
        assertThat(Results.of(run, Optional.of(new Availability(0.75))).validity())
                .isEqualTo(Validity.VALID);
        var total = Results.of(run, Optional.of(new Availability(1)));
        assertThat(total.validity()).isEqualTo(Validity.INVALID);
        assertThat(total.sentences()).anyMatch(it -> it.contains("0.75"));
        assertThat(part(total, "availability")).isEqualTo("{:valid? false, :ok-fraction 0.75}");
    }

    @Test
    void availabilityIsAFraction() {
        assertThatThrownBy(() -> new Availability(1.1)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> new Availability(Double.NaN)).hasMessageContaining("0 to 1");
    }

    @Test
    void aRunThatBrokeOffIsInvalidAndTellsLineAndLog() {
        var failure = new RunFailure(
                "n2",
                "Line 3 of node n2's output is not JSON",
                Optional.of(new Line(3, "Got it!")),
                List.of("last", "words"));
        var results = Results.of(run(Optional.of(failure), ok(TEXT)), Optional.empty());

        assertThat(results.validity()).isEqualTo(Validity.INVALID);
        assertThat(results.sentences())
                .containsExactly(
                        "Line 3 of node n2's output is not JSON.",
                        "The line is: Got it!",
                        "The end of the log of n2:\n  last\n  words");
        assertThat(part(results, "failure")).contains(":node \"n2\"", ":line-number 3", ":line \"Got it!\"");
        assertThat(part(results, "workload")).contains(":valid? :unknown");
    }

    private static String part(Results results, String key) {
        return Edn.write(Objects.requireNonNull(results.map().get(key)));
    }

    private static Outcome<JsonNode> ok(JsonNode reply) {
        return new Outcome.Ok<>(reply);
    }

    private static Outcome<JsonNode> unknown() {
        return new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, ""));
    }

    @SafeVarargs
    private static RunResult<JsonNode, JsonNode> run(Optional<RunFailure> failure, Outcome<JsonNode>... outcomes) {
        @SuppressWarnings("unchecked") // Echo asks and answers JSON.
        var echo = (Workload<JsonNode, JsonNode>)
                Workloads.create("echo", new Workloads.Settings(List.of("n0"), Topology.GRID))
                        .orElseThrow();
        var history = new ArrayList<Operation<JsonNode, JsonNode>>();
        for (var outcome : outcomes) {
            history.add(new Operation<>(history.size(), 0, TEXT, history.size(), outcome, history.size() + 1L));
        }
        var counts = new NetworkCounts();
        counts.sent(letter("c0", "n0"));
        counts.received(letter("c0", "n0"));
        counts.sent(letter("n0", "c0"));
        counts.received(letter("n0", "c0"));
        counts.sent(letter("n0", "n1"));
        return new RunResult<>(echo, history, List.of(), counts, new Problems(line -> {}), failure);
    }

    private static Letter letter(String src, String dest) {
        return Letter.ofBody(src, dest, Json.body("hi"));
    }
}
