package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.KafkaRequest.Assign;
import dev.gyre.core.checker.kafka.KafkaRequest.Poll;
import dev.gyre.core.checker.kafka.KafkaRequest.Send;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code kafka}. It keeps its place in each log that it was assigned, and no node does:
 *
 * <ul>
 *   <li>assign: it asks for committed offsets; a log that it had goes on where it was, another begins after its committed
 *       offset, or at 0 when there is none;
 *   <li>poll: it polls all its logs from its places on; when there were messages, it commits their highest offsets, and then
 *       moves behind them;
 *   <li>send: it sends.
 * </ul>
 *
 * <p>It moves only when an operation is done, so after a failed one it asks for the same again.
 */
final class KafkaSession implements Session<KafkaAction, KafkaAnswer> {
    private static final ReplySchema SEND_OK = ReplySchema.of("send_ok", "offset", ReplySchema.Kind.INTEGER);
    private static final ReplySchema POLL_OK = ReplySchema.of("poll_ok", "msgs", ReplySchema.Kind.MESSAGES);
    private static final ReplySchema COMMIT_OK = ReplySchema.of("commit_offsets_ok");
    private static final ReplySchema COMMITTED =
            ReplySchema.of("list_committed_offsets_ok", "offsets", ReplySchema.Kind.OFFSETS);

    private SortedMap<String, Long> places = new TreeMap<>();
    private @Nullable Stage stage;

    /** What is waited for. */
    private sealed interface Stage {
        record Sending(Send send) implements Stage {}

        record Assigning(Assign assign) implements Stage {}

        record Polling(Poll poll) implements Stage {}

        record Committing(KafkaAnswer poll, SortedMap<String, Long> highest) implements Stage {}
    }

    @Override
    public Step<KafkaAnswer> begin(KafkaAction action) {
        return switch (action.request()) {
            case Send send ->
                ask(
                        new Stage.Sending(send),
                        Json.body("send").put("key", send.key()).put("msg", send.message()));
            case Assign assign -> {
                var request = Json.body("list_committed_offsets");
                var keys = request.putArray("keys");
                assign.keys().forEach(keys::add);
                yield ask(new Stage.Assigning(assign), request);
            }
            case Poll(var from) -> {
                places = from.isEmpty() ? places : new TreeMap<>(from);
                yield ask(new Stage.Polling(new Poll(places)), offsets("poll", places));
            }
            case KafkaRequest other -> throw new IllegalArgumentException("clients do not ask for " + other);
        };
    }

    private Step<KafkaAnswer> ask(Stage next, ObjectNode request) {
        stage = next;
        return new Step.Ask<>(request);
    }

    private static ObjectNode offsets(String type, SortedMap<String, Long> offsets) {
        var request = Json.body(type);
        var object = request.putObject("offsets");
        offsets.forEach(object::put);
        return request;
    }

    @Override
    public Step<KafkaAnswer> next(ObjectNode reply) throws MalformedReply {
        return switch (Objects.requireNonNull(stage)) {
            case Stage.Sending(var send) -> {
                SEND_OK.check(reply);
                yield done(send, new KafkaReply.Sent(reply.required("offset").longValue()));
            }
            case Stage.Assigning(var assign) -> {
                COMMITTED.check(reply);
                places = places(assign.keys(), (ObjectNode) reply.required("offsets"));
                yield done(assign, new KafkaReply.Done());
            }
            case Stage.Polling(var poll) -> {
                POLL_OK.check(reply);
                yield polled(poll, entries(poll, (ObjectNode) reply.required("msgs")));
            }
            case Stage.Committing(var poll, var highest) -> {
                COMMIT_OK.check(reply);
                highest.forEach((key, offset) -> places.merge(key, after(offset), Math::max));
                yield new Step.Done<>(poll);
            }
        };
    }

    private static Step<KafkaAnswer> done(KafkaRequest asked, KafkaReply reply) {
        return new Step.Done<>(new KafkaAnswer(asked, reply));
    }

    private SortedMap<String, Long> places(List<String> keys, ObjectNode committed) {
        var next = new TreeMap<String, Long>();
        for (var key : keys) {
            var known = committed.get(key);
            next.put(key, places.getOrDefault(key, known == null ? 0L : after(known.longValue())));
        }
        return next;
    }

    private static SortedMap<String, List<LogEntry>> entries(Poll poll, ObjectNode messages) throws MalformedReply {
        var entries = new TreeMap<String, List<LogEntry>>();
        for (var log : messages.properties()) {
            if (!poll.offsets().containsKey(log.getKey())) {
                throw new MalformedReply("\"msgs\" has key \"" + log.getKey() + "\", which the poll did not name");
            }
            var list = new ArrayList<LogEntry>();
            for (var pair : log.getValue()) {
                list.add(new LogEntry(pair.get(0).longValue(), pair.get(1).longValue()));
            }
            if (!list.isEmpty()) {
                entries.put(log.getKey(), list);
            }
        }
        return entries;
    }

    private Step<KafkaAnswer> polled(Poll poll, SortedMap<String, List<LogEntry>> entries) {
        if (entries.isEmpty()) {
            return done(poll, new KafkaReply.Polled(entries));
        }
        var highest = new TreeMap<String, Long>();
        entries.forEach((key, list) -> list.forEach(entry -> highest.merge(key, entry.offset(), Math::max)));
        var answer = new KafkaAnswer(poll, new KafkaReply.Polled(entries));
        return ask(new Stage.Committing(answer, highest), offsets("commit_offsets", highest));
    }

    /** The next offset; there is none after the last that fits. */
    private static long after(long offset) {
        return offset == Long.MAX_VALUE ? offset : offset + 1;
    }
}
