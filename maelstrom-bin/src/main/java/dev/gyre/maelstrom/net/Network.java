package dev.gyre.maelstrom.net;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Carries messages. Each takes its latency, or none where either end is a client: a client's own delay would hide anomalies.
 * Whether a link is cut is asked when the receiver would take the message, so a message that was under way when its link was
 * cut is lost, and one that was sent into a cut which heals in time arrives. All that is under way waits in the timeline,
 * which gives each destination a queue ordered by delivery time.
 */
public final class Network {
    private final Timeline timeline;
    private final Latency latency;
    private final RandomGenerator random;
    private final Consumer<JournalEntry> journal;
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final Map<String, TreeSet<String>> deafTo = new TreeMap<>();
    private long nextId;

    /**
     * A network without participants.
     *
     * @param random draws latencies
     * @param journal is told of each message that is sent, received or dropped, at once
     */
    public Network(Timeline timeline, Latency latency, RandomGenerator random, Consumer<JournalEntry> journal) {
        this.timeline = timeline;
        this.latency = latency;
        this.random = random;
        this.journal = journal;
    }

    /** Whether an id is a client's: all that start with {@code c} are. */
    public static boolean isClient(String id) {
        return id.startsWith("c");
    }

    /** Adds a participant, or gives a known id a new end. */
    public void attach(String id, Endpoint endpoint) {
        endpoints.put(id, endpoint);
    }

    /** Takes a participant off. Its id stays known: what is sent to it is dropped. */
    public void detach(String id) {
        endpoints.put(id, new Gone(id + " is gone"));
    }

    /** Whether an id is, or was, a participant's. */
    public boolean knows(String id) {
        return endpoints.containsKey(id);
    }

    /** All ids that are, or were, participants', in order. */
    public Collection<String> participants() {
        return endpoints.keySet();
    }

    /**
     * Sends a message.
     *
     * @throws IllegalArgumentException when nobody of the name {@code dest} is known
     */
    public void send(String src, String dest, ObjectNode body) {
        if (!knows(dest)) {
            throw new IllegalArgumentException("nobody is called " + dest);
        }
        var message = new Message(nextId++, src, dest, body);
        journal.accept(new Sent(timeline.nowNanos(), message.id(), src, dest, body));
        long delayNanos = isClient(src) || isClient(dest) ? 0 : latency.sampleNanos(random);
        timeline.after(delayNanos, () -> deliver(message));
    }

    /** Makes a participant deaf to another, until {@link #heal}. The other direction is not changed. */
    public void cut(String src, String dest) {
        deafTo.computeIfAbsent(dest, absent -> new TreeSet<>()).add(src);
    }

    /** Mends all cuts. */
    public void heal() {
        deafTo.clear();
    }

    private void deliver(Message message) {
        var endpoint = Objects.requireNonNull(endpoints.get(message.dest()));
        var deaf = deafTo.get(message.dest());
        Optional<String> lost =
                deaf != null && deaf.contains(message.src()) ? Optional.of("partition") : endpoint.refusal();
        long now = timeline.nowNanos();
        if (lost.isPresent()) {
            journal.accept(
                    new Dropped(now, message.id(), message.src(), message.dest(), message.body(), lost.orElseThrow()));
        } else {
            journal.accept(new Received(now, message.id(), message.src(), message.dest(), message.body()));
            endpoint.receive(message);
        }
    }

    /** The end of one who has left. */
    private record Gone(String reason) implements Endpoint {
        @Override
        public void receive(Message message) {
            throw new IllegalStateException(reason);
        }

        @Override
        public Optional<String> refusal() {
            return Optional.of(reason);
        }
    }
}
