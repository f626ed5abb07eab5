package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.WindowInput;
import dev.gyre.core.checker.WindowOutput;
import dev.gyre.core.checker.WindowedTotals;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * {@code windowed-totals}, which Maelstrom does not have: half of the operations add a value to a key, and are told in which window of time it counts; half read the totals of the
 * key's windows that are over. Each add must count exactly once, in its window, and a window that was shown must never change.
 *
 * <p>Values and keys are as in {@code keyed-totals}, for the same reasons.
 */
final class WindowedTotalsWorkload implements Workload<Keyed<String, WindowInput>, WindowOutput> {
    private static final int VALUE_MAX = 1_000_000;
    private static final String FINAL = "final?";
    private static final ReplySchema ADDED = ReplySchema.of("add_timed_ok", "window", ReplySchema.Kind.INTEGER);
    private static final ReplySchema WINDOWS = ReplySchema.of("windows_ok", "windows", ReplySchema.Kind.PAIRS);

    private final Workloads.Settings settings;
    private final SortedMap<Long, Long> lastWindows = new TreeMap<>();
    private final FinalWindows finalWindows;

    WindowedTotalsWorkload(Workloads.Settings settings) {
        this.settings = settings;
        this.finalWindows = new FinalWindows(lastWindows, settings.nodes().size());
    }

    @Override
    public String name() {
        return "windowed-totals";
    }

    @Override
    public Generator<Keyed<String, WindowInput>> generator(RandomGenerator random) {
        var pool = new KeyPool(random, settings.keys());
        return worker -> Optional.of(
                random.nextBoolean()
                        ? new Keyed<>(use(pool.write().key()), new WindowInput.Add(1L + random.nextInt(VALUE_MAX)))
                        : new Keyed<>(use(pool.key()), new WindowInput.Read(false)));
    }

    private String use(long key) {
        lastWindows.putIfAbsent(key, Long.MIN_VALUE);
        return Long.toString(key);
    }

    @Override
    public Optional<Generator<Keyed<String, WindowInput>>> finalGenerator() {
        return Optional.of(finalWindows);
    }

    @Override
    public void ended(int worker, Keyed<String, WindowInput> input, Outcome<WindowOutput> outcome) {
        boolean wasFinal = input.input() instanceof WindowInput.Read(boolean isFinal) && isFinal;
        if (outcome instanceof Outcome.Ok<WindowOutput>(WindowOutput.Added(long window))) {
            lastWindows.merge(Long.parseLong(input.key()), window, Math::max);
        } else if (input.input() instanceof WindowInput.Read) {
            finalWindows.ended(worker, wasFinal, outcome);
        }
    }

    @Override
    public Session<Keyed<String, WindowInput>, WindowOutput> session() {
        return new Exchange<>(keyed -> switch (keyed.input()) {
            case WindowInput.Add(long value) ->
                new Exchange.Call<>(
                        Json.body("add_timed").put("key", keyed.key()).put("value", value),
                        ADDED,
                        reply -> new WindowOutput.Added(reply.required("window").longValue()));
            case WindowInput.Read read ->
                new Exchange.Call<>(
                        Json.body("windows").put("key", keyed.key()),
                        WINDOWS,
                        reply -> new WindowOutput.Windows(totals(reply.required("windows"))));
        });
    }

    private static SortedMap<Long, Long> totals(JsonNode pairs) throws MalformedReply {
        var totals = new TreeMap<Long, Long>();
        for (var pair : pairs) {
            if (totals.put(pair.get(0).longValue(), pair.get(1).longValue()) != null) {
                throw new MalformedReply("the window from " + pair.get(0) + " is there twice");
            }
        }
        return totals;
    }

    @Override
    public String function(Keyed<String, WindowInput> keyed) {
        return keyed.input() instanceof WindowInput.Add ? "add" : "windows";
    }

    @Override
    public boolean readOnly(Keyed<String, WindowInput> keyed) {
        return keyed.input() instanceof WindowInput.Read;
    }

    @Override
    public JsonNode inputValue(Keyed<String, WindowInput> keyed) {
        return array(keyed)
                .add(
                        keyed.input() instanceof WindowInput.Add(long value)
                                ? JsonNodeFactory.instance.numberNode(value)
                                : NullNode.getInstance());
    }

    private static ArrayNode array(Keyed<String, WindowInput> keyed) {
        return JsonNodeFactory.instance.arrayNode().add(keyed.key());
    }

    /** Of an add its window behind its value; of a read the windows. */
    @Override
    public JsonNode outputValue(Keyed<String, WindowInput> keyed, WindowOutput output) {
        return switch (output) {
            case WindowOutput.Added(long window) -> ((ArrayNode) inputValue(keyed)).add(window);
            case WindowOutput.Windows(var totals) -> {
                var pairs = JsonNodeFactory.instance.arrayNode();
                totals.forEach((start, total) -> pairs.addArray().add(start).add(total));
                yield array(keyed).add(pairs);
            }
        };
    }

    @Override
    public ObjectNode inputDetails(Keyed<String, WindowInput> keyed) {
        var details = Json.object();
        return keyed.input() instanceof WindowInput.Read(boolean isFinal) && isFinal
                ? details.put(FINAL, true)
                : details;
    }

    @Override
    public Keyed<String, WindowInput> readInput(Recorded invocation) throws MalformedReply {
        var pair = invocation.array(2);
        if (!pair.get(0).isTextual()) {
            throw invocation.wrong("[key, value] with a text as key");
        }
        WindowInput input = switch (invocation.function()) {
            case "add" -> new WindowInput.Add(invocation.number(pair.get(1)));
            case "windows" ->
                new WindowInput.Read(invocation.details().path(FINAL).asBoolean());
            default -> throw invocation.unknownFunction(name());
        };
        return new Keyed<>(pair.get(0).textValue(), input);
    }

    @Override
    public WindowOutput readOutput(Keyed<String, WindowInput> keyed, Recorded answer) throws MalformedReply {
        if (keyed.input() instanceof WindowInput.Add) {
            return new WindowOutput.Added(answer.number(answer.array(3).get(2)));
        }
        var pairs = answer.array(2).get(1);
        if (!ReplySchema.Kind.PAIRS.accepts(pairs)) {
            throw answer.wrong("[key, [[window, total], …]]");
        }
        return new WindowOutput.Windows(totals(pairs));
    }

    @Override
    public CheckResult check(List<Operation<Keyed<String, WindowInput>, WindowOutput>> history) {
        return WindowedTotals.check(history);
    }
}
