package dev.gyre.maelstrom.workload;

import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far clients of {@code kafka} know each log to go, and how far any of them has polled it. */
final class KafkaLogs {
    private final SortedMap<String, Long> ends = new TreeMap<>();
    private final SortedMap<String, Long> polled = new TreeMap<>();
    private final SequencedSet<String> unseen = new TreeSet<>();

    void note(KafkaAnswer answer) {
        if (answer.asked() instanceof KafkaRequest.Send(var key, long message)
                && answer.reply() instanceof KafkaReply.Sent(long offset)) {
            noteEnd(key, offset);
        } else if (answer.reply() instanceof KafkaReply.Polled(var entries)) {
            entries.forEach((key, list) -> list.forEach(entry -> {
                polled.merge(key, entry.offset(), Math::max);
                noteEnd(key, entry.offset());
            }));
        }
    }

    private void noteEnd(String key, long offset) {
        long end = ends.merge(key, offset, Math::max);
        if (polled.getOrDefault(key, Long.MIN_VALUE) < end) {
            unseen.add(key);
        } else {
            unseen.remove(key);
        }
    }

    /** Keys with an acknowledged message behind all that was polled. */
    List<String> unseen() {
        return List.copyOf(unseen);
    }

    /** The highest offset of each key that anybody saw. */
    SortedMap<String, Long> ends() {
        return new TreeMap<>(ends);
    }
}
