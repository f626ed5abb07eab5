package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.CounterChecker;
import dev.gyre.core.checker.CounterInput;
import dev.gyre.core.checker.CounterOutput;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code g-counter} and {@code pn-counter}: half of the operations add, half read; at the end each worker reads once, and these
 * reads are judged. The counter that only grows gets deltas from 0 to 4, the other from -5 to 4.
 */
final class CounterWorkload implements Workload<CounterInput, CounterOutput> {
    private static final int DELTA_END = 5;
    private static final String FINAL = "final?";
    private static final ReplySchema ADD_OK = ReplySchema.of("add_ok");
    private static final ReplySchema READ_OK = ReplySchema.of("read_ok", "value", ReplySchema.Kind.INTEGER);

    private final String name;
    private final int deltaMin;

    private CounterWorkload(String name, int deltaMin) {
        this.name = name;
        this.deltaMin = deltaMin;
    }

    static CounterWorkload gCounter() {
        return new CounterWorkload("g-counter", 0);
    }

    static CounterWorkload pnCounter() {
        return new CounterWorkload("pn-counter", -5);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Generator<CounterInput> generator(RandomGenerator random) {
        return worker -> Optional.of(
                random.nextBoolean()
                        ? new CounterInput.Add(random.nextInt(deltaMin, DELTA_END))
                        : new CounterInput.Read(false));
    }

    @Override
    public Optional<Generator<CounterInput>> finalGenerator() {
        return Optional.of(new OnceEach<>(new CounterInput.Read(true)));
    }

    @Override
    public Session<CounterInput, CounterOutput> session() {
        return new Exchange<>(input -> switch (input) {
            case CounterInput.Add(long delta) ->
                new Exchange.Call<>(Json.body("add").put("delta", delta), ADD_OK, reply -> new CounterOutput.Added());
            case CounterInput.Read read ->
                new Exchange.Call<>(
                        Json.body("read"),
                        READ_OK,
                        reply -> new CounterOutput.Value(reply.required("value").longValue()));
        });
    }

    @Override
    public String function(CounterInput input) {
        return input instanceof CounterInput.Add ? "add" : "read";
    }

    @Override
    public boolean readOnly(CounterInput input) {
        return input instanceof CounterInput.Read;
    }

    @Override
    public JsonNode inputValue(CounterInput input) {
        return input instanceof CounterInput.Add(long delta)
                ? JsonNodeFactory.instance.numberNode(delta)
                : NullNode.getInstance();
    }

    @Override
    public JsonNode outputValue(CounterInput input, CounterOutput output) {
        return output instanceof CounterOutput.Value(long value)
                ? JsonNodeFactory.instance.numberNode(value)
                : inputValue(input);
    }

    /** Final reads are marked as in Maelstrom: they alone are judged. */
    @Override
    public ObjectNode inputDetails(CounterInput input) {
        var details = Json.object();
        return input instanceof CounterInput.Read(boolean isFinal) && isFinal ? details.put(FINAL, true) : details;
    }

    @Override
    public CounterInput readInput(Recorded invocation) throws MalformedReply {
        return switch (invocation.function()) {
            case "add" -> new CounterInput.Add(invocation.number());
            case "read" ->
                new CounterInput.Read(invocation.details().path(FINAL).asBoolean());
            default -> throw invocation.unknownFunction(name);
        };
    }

    @Override
    public CounterOutput readOutput(CounterInput input, Recorded answer) throws MalformedReply {
        return input instanceof CounterInput.Add ? new CounterOutput.Added() : new CounterOutput.Value(answer.number());
    }

    @Override
    public CheckResult check(List<Operation<CounterInput, CounterOutput>> history) {
        return CounterChecker.check(history);
    }
}
