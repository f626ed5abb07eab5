package dev.gyre.examples.kafka;

import dev.gyre.examples.Once;
import dev.gyre.examples.kafka.KafkaNode.Msg;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The logs of the keys that a node owns. As nobody else gives out their offsets, each request is served at once. */
final class OwnedLogs {
    private final Once<Msg> appends = new Once<>();
    private final SortedMap<String, TopicLog> logs = new TreeMap<>();

    /** Serves a request that is about keys of this node alone. */
    Msg serve(Msg request) {
        return switch (request) {
            case Msg.Append(var sender, long number, var key, long msg) ->
                appends.answer(sender, number, () -> new Msg.SendOk(log(key).append(msg)));
            case Msg.Poll(var offsets) -> {
                var messages = new TreeMap<String, List<Msg.Entry>>();
                offsets.forEach((key, from) -> messages.put(key, log(key).from(from)));
                yield new Msg.PollOk(messages);
            }
            case Msg.CommitOffsets(var offsets) -> {
                offsets.forEach((key, offset) -> log(key).commit(offset));
                yield new Msg.CommitOffsetsOk();
            }
            case Msg.ListCommittedOffsets(var keys) -> {
                var offsets = new TreeMap<String, Long>();
                keys.forEach(key -> log(key).committed().ifPresent(offset -> offsets.put(key, offset)));
                yield new Msg.ListCommittedOffsetsOk(offsets);
            }
            default -> throw new IllegalArgumentException("no owner is asked for " + request);
        };
    }

    private TopicLog log(String key) {
        return logs.computeIfAbsent(key, first -> new TopicLog());
    }
}
