package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads operations of {@code kafka} back from a history. */
final class KafkaHistory {
    private KafkaHistory() {}

    static KafkaRequest request(Recorded invocation) throws MalformedReply {
        return switch (invocation.function()) {
            case "send" -> {
                var send = operation(invocation, 3);
                yield new KafkaRequest.Send(send.get(1).asText(), invocation.number(send.get(2)));
            }
            case "poll" -> new KafkaRequest.Poll(offsets(invocation));
            case "assign" -> {
                var keys = new ArrayList<String>();
                invocation.array(-1).forEach(key -> keys.add(key.asText()));
                boolean anew = invocation
                        .details()
                        .path(KafkaWorkload.SEEK_TO_BEGINNING)
                        .asBoolean();
                yield new KafkaRequest.Assign(keys, anew);
            }
            default -> throw invocation.unknownFunction("kafka");
        };
    }

    static KafkaAnswer answer(KafkaRequest request, Recorded answer) throws MalformedReply {
        return switch (request) {
            case KafkaRequest.Send send -> {
                var pair = operation(answer, 3).get(2);
                if (!pair.isArray() || pair.size() != 2) {
                    throw answer.wrong("[[\"send\", key, [offset, message]]]");
                }
                yield new KafkaAnswer(send, new KafkaReply.Sent(answer.number(pair.get(0))));
            }
            case KafkaRequest.Poll poll -> {
                var logs = operation(answer, 2).get(1);
                if (!ReplySchema.Kind.MESSAGES.accepts(logs)) {
                    throw answer.wrong("[[\"poll\", {key: [[offset, message], …]}]]");
                }
                yield new KafkaAnswer(new KafkaRequest.Poll(offsets(answer)), new KafkaReply.Polled(entries(logs)));
            }
            default -> new KafkaAnswer(request, new KafkaReply.Done());
        };
    }

    /** The one operation in the value, whose parts are as many as said. */
    private static JsonNode operation(Recorded recorded, int parts) throws MalformedReply {
        var operation = recorded.array(1).get(0);
        if (!operation.isArray() || operation.size() != parts) {
            throw recorded.wrong("one operation of " + parts + " parts in an array");
        }
        return operation;
    }

    private static SortedMap<String, Long> offsets(Recorded recorded) throws MalformedReply {
        var offsets = new TreeMap<String, Long>();
        for (var entry : recorded.details().path(KafkaWorkload.OFFSETS).properties()) {
            offsets.put(entry.getKey(), recorded.number(entry.getValue()));
        }
        return offsets;
    }

    private static SortedMap<String, List<LogEntry>> entries(JsonNode logs) {
        var entries = new TreeMap<String, List<LogEntry>>();
        for (var log : logs.properties()) {
            var list = new ArrayList<LogEntry>();
            log.getValue()
                    .forEach(pair -> list.add(
                            new LogEntry(pair.get(0).longValue(), pair.get(1).longValue())));
            entries.put(log.getKey(), list);
        }
        return entries;
    }
}
