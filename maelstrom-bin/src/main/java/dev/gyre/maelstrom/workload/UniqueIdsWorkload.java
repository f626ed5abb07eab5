package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.UniqueIdsChecker;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code unique-ids}: no id is given out twice. */
final class UniqueIdsWorkload implements Workload<UniqueIdsWorkload.Generate, JsonNode> {
    private static final ReplySchema GENERATE_OK = ReplySchema.of("generate_ok", "id", ReplySchema.Kind.ANYTHING);

    /** Asks for an id. */
    record Generate() {}

    @Override
    public String name() {
        return "unique-ids";
    }

    @Override
    public Generator<Generate> generator(RandomGenerator random) {
        return worker -> Optional.of(new Generate());
    }

    @Override
    public Session<Generate, JsonNode> session() {
        return new Exchange<>(
                input -> new Exchange.Call<>(Json.body("generate"), GENERATE_OK, reply -> reply.required("id")));
    }

    @Override
    public String function(Generate input) {
        return "generate";
    }

    @Override
    public boolean readOnly(Generate input) {
        return false;
    }

    @Override
    public JsonNode inputValue(Generate input) {
        return NullNode.getInstance();
    }

    @Override
    public JsonNode outputValue(Generate input, JsonNode output) {
        return output;
    }

    @Override
    public Generate readInput(Recorded invocation) {
        return new Generate();
    }

    @Override
    public JsonNode readOutput(Generate input, Recorded answer) {
        return answer.value();
    }

    @Override
    public CheckResult check(List<Operation<Generate, JsonNode>> history) {
        return UniqueIdsChecker.check(history);
    }
}
