package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.SetFullChecker;
import dev.gyre.core.checker.SetInput;
import dev.gyre.core.checker.SetOutput;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code broadcast} and {@code g-set}: a set that only grows. Half of the operations add the next integer, half read; at the end
 * each worker reads once. The two differ in words alone, and in that broadcast tells nodes of a topology first.
 */
final class SetWorkload implements Workload<SetInput, SetOutput> {
    private final Words words;
    private final Optional<ObjectNode> greeting;

    /** What the two workloads call their parts: kinds of requests, and fields. */
    private record Words(String name, String add, String element, String elements) {}

    private SetWorkload(Words words, Optional<ObjectNode> greeting) {
        this.words = words;
        this.greeting = greeting;
    }

    static SetWorkload broadcast(List<String> nodes, Topology topology) {
        var greeting = Json.body("topology");
        greeting.set("topology", topology.neighbours(nodes));
        return new SetWorkload(new Words("broadcast", "broadcast", "message", "messages"), Optional.of(greeting));
    }

    static SetWorkload gSet() {
        return new SetWorkload(new Words("g-set", "add", "element", "value"), Optional.empty());
    }

    @Override
    public String name() {
        return words.name;
    }

    @Override
    public Generator<SetInput> generator(RandomGenerator random) {
        return new Generator<>() {
            private long nextElement;

            @Override
            public Optional<SetInput> next(int worker) {
                return Optional.of(random.nextBoolean() ? new SetInput.Add(nextElement++) : new SetInput.Read());
            }
        };
    }

    @Override
    public Optional<Generator<SetInput>> finalGenerator() {
        return Optional.of(new OnceEach<>(new SetInput.Read()));
    }

    @Override
    public Optional<ObjectNode> greeting() {
        return greeting.map(ObjectNode::deepCopy);
    }

    @Override
    public String greetingReply() {
        return "topology_ok";
    }

    @Override
    public Session<SetInput, SetOutput> session() {
        var added = ReplySchema.of(words.add + "_ok");
        var read = ReplySchema.of("read_ok", words.elements, ReplySchema.Kind.INTEGERS);
        return new Exchange<>(input -> switch (input) {
            case SetInput.Add(long element) ->
                new Exchange.Call<>(
                        Json.body(words.add).put(words.element, element), added, reply -> new SetOutput.Added());
            case SetInput.Read() -> new Exchange.Call<>(Json.body("read"), read, this::elements);
        });
    }

    private SetOutput elements(ObjectNode reply) {
        var array = reply.required(words.elements);
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).longValue();
        }
        return SetOutput.Elements.of(values);
    }

    @Override
    public String function(SetInput input) {
        return input instanceof SetInput.Add ? words.add : "read";
    }

    @Override
    public boolean readOnly(SetInput input) {
        return input instanceof SetInput.Read;
    }

    @Override
    public JsonNode inputValue(SetInput input) {
        return input instanceof SetInput.Add(long element)
                ? JsonNodeFactory.instance.numberNode(element)
                : NullNode.getInstance();
    }

    @Override
    public JsonNode outputValue(SetInput input, SetOutput output) {
        if (!(output instanceof SetOutput.Elements elements)) {
            return inputValue(input);
        }
        var array = JsonNodeFactory.instance.arrayNode(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            array.add(elements.get(i));
        }
        return array;
    }

    @Override
    public SetInput readInput(Recorded invocation) throws MalformedReply {
        if (invocation.function().equals(words.add)) {
            return new SetInput.Add(invocation.number());
        }
        if (invocation.function().equals("read")) {
            return new SetInput.Read();
        }
        throw invocation.unknownFunction(words.name);
    }

    @Override
    public SetOutput readOutput(SetInput input, Recorded answer) throws MalformedReply {
        if (input instanceof SetInput.Add) {
            return new SetOutput.Added();
        }
        var array = answer.array(-1);
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = answer.number(array.get(i));
        }
        return SetOutput.Elements.of(values);
    }

    @Override
    public CheckResult check(List<Operation<SetInput, SetOutput>> history) {
        return SetFullChecker.check(history);
    }
}
