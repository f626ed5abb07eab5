package dev.gyre.examples.kafka;

import dev.gyre.examples.kafka.KafkaNode.Msg.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The messages of one key, at the offsets 0, 1, 2, …, and how far consumers say that they have come. */
final class TopicLog {
    /** A line of some 20 KB a key. Who wants more polls again, from the next offset. */
    static final int POLL_MAX = 1_000;

    private final List<Long> messages = new ArrayList<>();
    private OptionalLong committed = OptionalLong.empty();

    /** Adds a message; says at which offset. */
    long append(long message) {
        long offset = messages.size();
        messages.add(message);
        return offset;
    }

    /** The messages from an offset on, as many as one poll may have. */
    List<Entry> from(long offset) {
        int from = Math.clamp(offset, 0, messages.size());
        int to = Math.min(messages.size(), from + POLL_MAX);
        return IntStream.range(from, to)
                .mapToObj(i -> new Entry(i, messages.get(i)))
                .toList();
    }

    /** Consumers have come this far. A commit that comes late does not take back a later one. */
    void commit(long offset) {
        committed = OptionalLong.of(Math.max(offset, committed.orElse(offset)));
    }

    OptionalLong committed() {
        return committed;
    }
}
