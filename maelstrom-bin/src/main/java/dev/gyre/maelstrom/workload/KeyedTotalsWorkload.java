package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.CounterInput;
import dev.gyre.core.checker.CounterOutput;
import dev.gyre.core.checker.ExactlyOnceChecker;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * {@code keyed-totals}, which Maelstrom does not have: half of the operations add a value to the total of a key, half read a total. An add may be
 * acknowledged only when it cannot be lost any more; at the end a client of each node reads the totals of all keys. Every read must count every add
 * exactly once.
 *
 * <p>Values are drawn from a million, so that from a wrong sum it shows which add it was. A key gets so few of them ({@code --max-writes-per-key})
 * that sums can be judged exactly even if nobody knows what became of any.
 */
final class KeyedTotalsWorkload implements Workload<Keyed<String, CounterInput>, CounterOutput> {
    private static final int VALUE_MAX = 1_000_000;
    private static final String FINAL = "final?";
    private static final ReplySchema ADD_OK = ReplySchema.of("add_ok");
    private static final ReplySchema TOTAL_OK = ReplySchema.of("total_ok", "value", ReplySchema.Kind.INTEGER);

    private final Workloads.Settings settings;
    private final TreeSet<Long> used = new TreeSet<>();
    private final FinalTotals finalTotals;

    KeyedTotalsWorkload(Workloads.Settings settings) {
        this.settings = settings;
        this.finalTotals = new FinalTotals(used, settings.nodes().size());
    }

    @Override
    public String name() {
        return "keyed-totals";
    }

    @Override
    public Generator<Keyed<String, CounterInput>> generator(RandomGenerator random) {
        var pool = new KeyPool(random, settings.keys());
        return worker -> Optional.of(
                random.nextBoolean()
                        ? new Keyed<>(use(pool.write().key()), new CounterInput.Add(1L + random.nextInt(VALUE_MAX)))
                        : new Keyed<>(use(pool.key()), new CounterInput.Read(false)));
    }

    private String use(long key) {
        used.add(key);
        return Long.toString(key);
    }

    @Override
    public Optional<Generator<Keyed<String, CounterInput>>> finalGenerator() {
        return Optional.of(finalTotals);
    }

    @Override
    public void ended(int worker, Keyed<String, CounterInput> input, Outcome<CounterOutput> outcome) {
        if (input.input() instanceof CounterInput.Read(boolean isFinal) && isFinal) {
            finalTotals.ended(worker, outcome);
        }
    }

    @Override
    public Session<Keyed<String, CounterInput>, CounterOutput> session() {
        return new Exchange<>(keyed -> switch (keyed.input()) {
            case CounterInput.Add(long value) ->
                new Exchange.Call<>(
                        Json.body("add").put("key", keyed.key()).put("value", value),
                        ADD_OK,
                        reply -> new CounterOutput.Added());
            case CounterInput.Read read ->
                new Exchange.Call<>(
                        Json.body("total").put("key", keyed.key()),
                        TOTAL_OK,
                        reply -> new CounterOutput.Value(reply.required("value").longValue()));
        });
    }

    @Override
    public String function(Keyed<String, CounterInput> keyed) {
        return keyed.input() instanceof CounterInput.Add ? "add" : "total";
    }

    @Override
    public boolean readOnly(Keyed<String, CounterInput> keyed) {
        return keyed.input() instanceof CounterInput.Read;
    }

    @Override
    public JsonNode inputValue(Keyed<String, CounterInput> keyed) {
        return pair(
                keyed,
                keyed.input() instanceof CounterInput.Add(long value)
                        ? JsonNodeFactory.instance.numberNode(value)
                        : NullNode.getInstance());
    }

    @Override
    public JsonNode outputValue(Keyed<String, CounterInput> keyed, CounterOutput output) {
        return output instanceof CounterOutput.Value(long value)
                ? pair(keyed, JsonNodeFactory.instance.numberNode(value))
                : inputValue(keyed);
    }

    private static JsonNode pair(Keyed<String, CounterInput> keyed, JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(keyed.key()).add(value);
    }

    @Override
    public ObjectNode inputDetails(Keyed<String, CounterInput> keyed) {
        var details = Json.object();
        return keyed.input() instanceof CounterInput.Read(boolean isFinal) && isFinal
                ? details.put(FINAL, true)
                : details;
    }

    @Override
    public Keyed<String, CounterInput> readInput(Recorded invocation) throws MalformedReply {
        var pair = invocation.array(2);
        if (!pair.get(0).isTextual()) {
            throw invocation.wrong("[key, value] with a text as key");
        }
        CounterInput input = switch (invocation.function()) {
            case "add" -> new CounterInput.Add(invocation.number(pair.get(1)));
            case "total" ->
                new CounterInput.Read(invocation.details().path(FINAL).asBoolean());
            default -> throw invocation.unknownFunction(name());
        };
        return new Keyed<>(pair.get(0).textValue(), input);
    }

    @Override
    public CounterOutput readOutput(Keyed<String, CounterInput> keyed, Recorded answer) throws MalformedReply {
        return keyed.input() instanceof CounterInput.Add
                ? new CounterOutput.Added()
                : new CounterOutput.Value(answer.number(answer.array(2).get(1)));
    }

    @Override
    public CheckResult check(List<Operation<Keyed<String, CounterInput>, CounterOutput>> history) {
        return PerKey.check(history, ExactlyOnceChecker::check);
    }
}
