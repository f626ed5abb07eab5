package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.EchoChecker;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code echo}: what is sent comes back. */
final class EchoWorkload implements Workload<JsonNode, JsonNode> {
    private static final ReplySchema ECHO_OK = ReplySchema.of("echo_ok", "echo", ReplySchema.Kind.ANYTHING);
    private static final int TEXTS = 128;

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Generator<JsonNode> generator(RandomGenerator random) {
        return worker -> Optional.of(TextNode.valueOf("Please echo " + random.nextInt(TEXTS)));
    }

    @Override
    public Session<JsonNode, JsonNode> session() {
        return new Exchange<>(text ->
                new Exchange.Call<>(Json.body("echo").set("echo", text), ECHO_OK, reply -> reply.required("echo")));
    }

    @Override
    public String function(JsonNode input) {
        return "echo";
    }

    @Override
    public boolean readOnly(JsonNode input) {
        return false;
    }

    @Override
    public JsonNode inputValue(JsonNode input) {
        return input;
    }

    @Override
    public JsonNode outputValue(JsonNode input, JsonNode output) {
        return output;
    }

    @Override
    public JsonNode readInput(Recorded invocation) {
        return invocation.value();
    }

    @Override
    public JsonNode readOutput(JsonNode input, Recorded answer) {
        return answer.value();
    }

    @Override
    public CheckResult check(List<Operation<JsonNode, JsonNode>> history) {
        return EchoChecker.check(history);
    }
}
