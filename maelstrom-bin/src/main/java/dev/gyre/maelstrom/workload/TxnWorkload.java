package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code txn-list-append} and {@code txn-rw-register}: transactions of one operation up to a number of them, half of which
 * read and half of which write, over the keys of a {@link KeyPool}. A node answers with the same operations, in their order,
 * and the values that reads saw.
 *
 * <p>Keys are integers on the wire. A transaction that only reads has failed when there is no clear answer.
 */
final class TxnWorkload<M> implements Workload<List<M>, List<M>> {
    private static final String READ = "r";
    private static final ReplySchema TXN_OK = ReplySchema.of("txn_ok", "txn", ReplySchema.Kind.TRANSACTION);

    private final TxnDialect<M> dialect;
    private final Workloads.Keys keys;

    TxnWorkload(TxnDialect<M> dialect, Workloads.Settings settings) {
        this.dialect = dialect;
        this.keys = settings.keys();
    }

    @Override
    public String name() {
        return dialect.name();
    }

    @Override
    public Generator<List<M>> generator(RandomGenerator random) {
        var pool = new KeyPool(random, keys);
        return worker -> {
            int length = random.nextInt(1, keys.txnLengthMax() + 1);
            var parts = new ArrayList<M>(length);
            for (int i = 0; i < length; i++) {
                parts.add(random.nextBoolean() ? dialect.read(Long.toString(pool.key())) : write(pool.write()));
            }
            return Optional.of(List.copyOf(parts));
        };
    }

    private M write(KeyPool.KeyWrite write) {
        return dialect.write(Long.toString(write.key()), write.value());
    }

    @Override
    public Session<List<M>, List<M>> session() {
        return new Exchange<>(
                parts -> new Exchange.Call<>(Json.body("txn").set("txn", inputValue(parts)), TXN_OK, this::answer));
    }

    /** Whether it answers what was asked is for the checker to say. */
    private List<M> answer(ObjectNode reply) throws MalformedReply {
        var parts = new ArrayList<M>();
        for (var part : reply.required("txn")) {
            // Text stays in its quotation marks, so that "3" is not 3: a node has to repeat the key as it was.
            parts.add(part(part, part.get(1).toString()));
        }
        return List.copyOf(parts);
    }

    private M part(JsonNode part, String key) throws MalformedReply {
        String function = part.get(0).textValue();
        if (function.equals(READ)) {
            return dialect.answered(key, part.get(2));
        }
        if (function.equals(dialect.writeFunction()) && ReplySchema.Kind.INTEGER.accepts(part.get(2))) {
            return dialect.write(key, part.get(2).longValue());
        }
        throw new MalformedReply("there is no such operation as " + part
                + "; expected [\"r\", key, what was read] or [\"" + dialect.writeFunction() + "\", key, integer]");
    }

    @Override
    public String function(List<M> parts) {
        return "txn";
    }

    @Override
    public boolean readOnly(List<M> parts) {
        return parts.stream().allMatch(dialect::isRead);
    }

    @Override
    public JsonNode inputValue(List<M> parts) {
        var array = array();
        for (var part : parts) {
            array.addArray()
                    .add(dialect.isRead(part) ? READ : dialect.writeFunction())
                    .add(key(part))
                    .add(dialect.value(part));
        }
        return array;
    }

    /** Keys are numbers, but those of an answer may be anything. */
    private JsonNode key(M part) {
        String key = dialect.key(part);
        try {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(key));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(key);
        }
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    @Override
    public JsonNode outputValue(List<M> parts, List<M> answer) {
        return inputValue(answer);
    }

    @Override
    public List<M> readInput(Recorded invocation) throws MalformedReply {
        return parts(invocation);
    }

    @Override
    public List<M> readOutput(List<M> input, Recorded answer) throws MalformedReply {
        return parts(answer);
    }

    private List<M> parts(Recorded recorded) throws MalformedReply {
        if (!ReplySchema.Kind.TRANSACTION.accepts(recorded.value())) {
            throw recorded.wrong("an array of operations [function, key, value]");
        }
        var parts = new ArrayList<M>();
        for (var part : recorded.value()) {
            // A key that is no number was text before it was written.
            var key = part.get(1);
            parts.add(part(part, key.isTextual() ? key.textValue() : key.toString()));
        }
        return List.copyOf(parts);
    }

    @Override
    public CheckResult check(List<Operation<List<M>, List<M>>> history) {
        return dialect.check(history);
    }
}
