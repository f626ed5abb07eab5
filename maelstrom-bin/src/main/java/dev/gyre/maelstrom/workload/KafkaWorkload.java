package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.kafka.KafkaChecker;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code kafka}: logs that are sent to and polled. {@link KafkaGenerator} says what clients do, {@link KafkaSession} how they
 * do it, {@link KafkaFinalPolls} how the run ends. Keys are strings and messages integers on the wire.
 */
final class KafkaWorkload implements Workload<KafkaAction, KafkaAnswer> {
    /** From where a poll reads. */
    static final String OFFSETS = "offsets";
    /** Whether polls may begin anywhere after an assignment. */
    static final String SEEK_TO_BEGINNING = "seek-to-beginning?";

    private final Workloads.Settings settings;
    private final KafkaLogs logs = new KafkaLogs();
    private final BitSet assigned = new BitSet();
    private final KafkaFinalPolls finalPolls = new KafkaFinalPolls(logs);

    KafkaWorkload(Workloads.Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Generator<KafkaAction> generator(RandomGenerator random) {
        return new KafkaGenerator(random, settings, logs, assigned);
    }

    @Override
    public Optional<Generator<KafkaAction>> finalGenerator() {
        return Optional.of(finalPolls);
    }

    @Override
    public Session<KafkaAction, KafkaAnswer> session() {
        return new KafkaSession();
    }

    @Override
    public boolean breaksClient(KafkaAction action) {
        return action.newClient();
    }

    @Override
    public void ended(int worker, KafkaAction action, Outcome<KafkaAnswer> outcome) {
        boolean served = outcome instanceof Outcome.Ok;
        if (outcome instanceof Outcome.Unknown || (action.newClient() && !served)) {
            assigned.clear(worker);
        } else if (served && action.request() instanceof KafkaRequest.Assign) {
            assigned.set(worker);
        }
        if (outcome instanceof Outcome.Ok<KafkaAnswer>(var answer)) {
            logs.note(answer);
        }
        finalPolls.ended(worker, outcome);
    }

    @Override
    public String function(KafkaAction action) {
        return switch (action.request()) {
            case KafkaRequest.Send send -> "send";
            case KafkaRequest.Assign assign -> "assign";
            case KafkaRequest.Poll poll -> "poll";
            case KafkaRequest other -> throw new IllegalArgumentException("clients do not ask for " + other);
        };
    }

    /** Polls commit what they saw, so a client that does not know what became of one is given up, as in Maelstrom. */
    @Override
    public boolean readOnly(KafkaAction action) {
        return false;
    }

    /** As in Maelstrom: {@code [["send", k, m]]}, {@code [["poll"]]}, or the keys that are assigned. */
    @Override
    public JsonNode inputValue(KafkaAction action) {
        return switch (action.request()) {
            case KafkaRequest.Send(var key, long message) ->
                nested(array().add("send").add(key).add(message));
            case KafkaRequest.Assign(var keys, boolean anew) -> {
                var array = array();
                keys.forEach(array::add);
                yield array;
            }
            default -> nested(array().add("poll"));
        };
    }

    /** As in Maelstrom: {@code [["send", k, [offset, m]]]}, or {@code [["poll", {k: [[offset, m], …]}]]}. */
    @Override
    public JsonNode outputValue(KafkaAction action, KafkaAnswer answer) {
        if (answer.asked() instanceof KafkaRequest.Send(var key, long message)
                && answer.reply() instanceof KafkaReply.Sent(long offset)) {
            return nested(array().add("send").add(key).add(array().add(offset).add(message)));
        }
        if (!(answer.reply() instanceof KafkaReply.Polled(var entries))) {
            return inputValue(action);
        }
        var logsShown = JsonNodeFactory.instance.objectNode();
        entries.forEach((key, list) -> {
            var pairs = logsShown.putArray(key);
            list.forEach(entry -> pairs.addArray().add(entry.offset()).add(entry.message()));
        });
        return nested(array().add("poll").add(logsShown));
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static ArrayNode nested(ArrayNode operation) {
        return array().add(operation);
    }

    @Override
    public ObjectNode inputDetails(KafkaAction action) {
        var details = Json.object();
        if (action.request() instanceof KafkaRequest.Poll(var offsets) && !offsets.isEmpty()) {
            offsets.forEach(details.putObject(OFFSETS)::put);
        } else if (action.request() instanceof KafkaRequest.Assign(var keys, boolean anew) && anew) {
            details.put(SEEK_TO_BEGINNING, true);
        }
        return details;
    }

    /** From where a client has polled: its client knows, and a node does not. */
    @Override
    public ObjectNode outputDetails(KafkaAnswer answer) {
        return inputDetails(new KafkaAction(answer.asked(), false));
    }

    @Override
    public KafkaAction readInput(Recorded invocation) throws MalformedReply {
        return new KafkaAction(KafkaHistory.request(invocation), false);
    }

    @Override
    public KafkaAnswer readOutput(KafkaAction action, Recorded answer) throws MalformedReply {
        return KafkaHistory.answer(action.request(), answer);
    }

    @Override
    public CheckResult check(List<Operation<KafkaAction, KafkaAnswer>> history) {
        return new KafkaChecker()
                .check(history.stream().map(KafkaWorkload::judged).toList());
    }

    /** The operation as the checker knows it; a poll that was served says from where. */
    private static Operation<KafkaRequest, KafkaReply> judged(Operation<KafkaAction, KafkaAnswer> operation) {
        var asked = operation.outcome() instanceof Outcome.Ok<KafkaAnswer>(var answer)
                ? answer.asked()
                : operation.input().request();
        return new Operation<>(
                operation.index(),
                operation.process(),
                asked,
                operation.invokedNanos(),
                operation.outcome().map(KafkaAnswer::reply),
                operation.completedNanos());
    }
}
