package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.json.Json;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What breaks a run off, and how it is told. */
class RunFailureTest {
    private final RunSetup setup = new RunSetup();

    @Test
    void aNodeThatDoesNotAnswerInitBreaksTheRunOff() {
        var run = setup.run(5, 10, (node, message) -> {
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
        var run = setup.run(
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
        var run = setup.run(5, 10, (node, message) -> {
            switch (message.toBody().path("type").asText()) {
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

    private RunFailure failure(BiConsumer<Node, Letter> onBroadcast) {
        var run = setup.run(5, 10, (node, message) -> {
            switch (message.toBody().path("type").asText()) {
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
}
