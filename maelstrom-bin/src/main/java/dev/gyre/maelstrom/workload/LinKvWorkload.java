package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.RegisterModel.Cas;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.Read;
import dev.gyre.core.checker.RegisterModel.Write;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lin-kv}: cells that are read, written, and compared and set, each of which must be linearizable. Values are 0 to 4.
 * Half of the operations read; of the rest one in three writes and two compare and set. Which workers share a key, and for how
 * long, is up to {@link KeyShift}.
 *
 * <p>A read that finds nothing is answered with error 20, so it has failed and is not judged; a node may answer {@code null}
 * instead, which is judged: the cell must never have been written.
 */
final class LinKvWorkload implements Workload<Keyed<Long, Input<JsonNode>>, Output<JsonNode>> {
    private static final long TIMEOUT_MIN_NANOS = 1_000_000_000L;
    /** A client waits ten times as long as a message between servers takes. */
    private static final int LATENCIES = 10;

    private static final int VALUES = 5;
    private static final ReplySchema READ_OK = ReplySchema.of("read_ok", "value", ReplySchema.Kind.ANYTHING);
    private static final ReplySchema WRITE_OK = ReplySchema.of("write_ok");
    private static final ReplySchema CAS_OK = ReplySchema.of("cas_ok");

    private final long timeoutNanos;
    private final KeyShift keys;

    LinKvWorkload(Workloads.Settings settings) {
        timeoutNanos = Math.max(LATENCIES * settings.clients().latencyMeanNanos(), TIMEOUT_MIN_NANOS);
        keys = new KeyShift(settings.clients().workers(), settings.nodes().size());
    }

    @Override
    public String name() {
        return "lin-kv";
    }

    @Override
    public Generator<Keyed<Long, Input<JsonNode>>> generator(RandomGenerator random) {
        return worker -> Optional.of(new Keyed<>(keys.keyOf(worker), draw(random)));
    }

    private static Input<JsonNode> draw(RandomGenerator random) {
        if (random.nextBoolean()) {
            return new Read<>();
        }
        return random.nextInt(3) == 0 ? new Write<>(value(random)) : new Cas<>(value(random), value(random));
    }

    private static JsonNode value(RandomGenerator random) {
        return number(random.nextInt(VALUES));
    }

    private static JsonNode number(long value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    @Override
    public long clientTimeoutNanos() {
        return timeoutNanos;
    }

    @Override
    public void ended(int worker, Keyed<Long, Input<JsonNode>> input, Outcome<Output<JsonNode>> outcome) {
        if (outcome instanceof Outcome.Unknown) {
            keys.newProcess(worker, input.key());
        }
    }

    @Override
    public Session<Keyed<Long, Input<JsonNode>>, Output<JsonNode>> session() {
        return new Exchange<>(keyed -> switch (keyed.input()) {
            case Read<JsonNode>() -> new Exchange.Call<>(request("read", keyed), READ_OK, LinKvWorkload::found);
            case Write<JsonNode>(var value) ->
                new Exchange.Call<>(
                        request("write", keyed).set("value", value), WRITE_OK, reply -> new RegisterModel.Done<>());
            case Cas<JsonNode>(var from, var to) -> {
                var request = request("cas", keyed);
                request.set("from", from);
                request.set("to", to);
                yield new Exchange.Call<>(request, CAS_OK, reply -> new RegisterModel.Done<>());
            }
        });
    }

    private static ObjectNode request(String type, Keyed<Long, Input<JsonNode>> keyed) {
        return Json.body(type).put("key", keyed.key());
    }

    /** Integers compare by value, however they were parsed; anything else is kept as it is, and was never written. */
    private static Output<JsonNode> found(ObjectNode reply) {
        return seen(reply.required("value"));
    }

    private static Output<JsonNode> seen(JsonNode value) {
        return value.isNull() ? new RegisterModel.Absent<>() : new RegisterModel.Value<>(plain(value));
    }

    private static JsonNode plain(JsonNode value) {
        return ReplySchema.Kind.INTEGER.accepts(value) ? number(value.longValue()) : value;
    }

    @Override
    public String function(Keyed<Long, Input<JsonNode>> keyed) {
        return switch (keyed.input()) {
            case Read<JsonNode>() -> "read";
            case Write<JsonNode> write -> "write";
            case Cas<JsonNode> cas -> "cas";
        };
    }

    @Override
    public boolean readOnly(Keyed<Long, Input<JsonNode>> keyed) {
        return keyed.input() instanceof Read;
    }

    @Override
    public JsonNode inputValue(Keyed<Long, Input<JsonNode>> keyed) {
        return pair(
                keyed,
                switch (keyed.input()) {
                    case Read<JsonNode>() -> NullNode.getInstance();
                    case Write<JsonNode>(var value) -> value;
                    case Cas<JsonNode>(var from, var to) ->
                        JsonNodeFactory.instance.arrayNode().add(from).add(to);
                });
    }

    @Override
    public JsonNode outputValue(Keyed<Long, Input<JsonNode>> keyed, Output<JsonNode> output) {
        return output instanceof RegisterModel.Value<JsonNode>(var value) ? pair(keyed, value) : inputValue(keyed);
    }

    private static JsonNode pair(Keyed<Long, ?> keyed, JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(keyed.key()).add(value);
    }

    @Override
    public Keyed<Long, Input<JsonNode>> readInput(Recorded invocation) throws MalformedReply {
        var pair = invocation.array(2);
        var value = pair.get(1);
        Input<JsonNode> input = switch (invocation.function()) {
            case "read" -> new Read<>();
            case "write" -> new Write<>(plain(value));
            case "cas" -> {
                if (!value.isArray() || value.size() != 2) {
                    throw invocation.wrong("[key, [from, to]]");
                }
                yield new Cas<>(plain(value.get(0)), plain(value.get(1)));
            }
            default -> throw invocation.unknownFunction(name());
        };
        return new Keyed<>(invocation.number(pair.get(0)), input);
    }

    @Override
    public Output<JsonNode> readOutput(Keyed<Long, Input<JsonNode>> keyed, Recorded answer) throws MalformedReply {
        return keyed.input() instanceof Read ? seen(answer.array(2).get(1)) : new RegisterModel.Done<>();
    }

    @Override
    public CheckResult check(List<Operation<Keyed<Long, Input<JsonNode>>, Output<JsonNode>>> history) {
        return PerKey.check(history, ofKey -> Linearizability.check(new RegisterModel<JsonNode>(), ofKey));
    }
}
