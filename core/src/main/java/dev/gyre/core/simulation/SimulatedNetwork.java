package dev.gyre.core.simulation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Carries messages with latency, and loses, doubles, delays and cuts them off as it is told.
 *
 * <p>Clients, whose ids start with {@code c}, are reached at once and always: a client's own delay would hide anomalies.
 * Whether a link is cut is asked when the receiver would take the message, so a message that was under way when its link was
 * cut is lost, and one that was sent into a cut which heals in time arrives. Only links between nodes break; services, which
 * are part of the harness, stay reachable. For one thread.
 */
public final class SimulatedNetwork {
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Observer observer;
    private final SortedMap<String, Endpoint> endpoints = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Set<String>>> deafTo = new TreeMap<>();
    private final SortedMap<String, Double> slowness = new TreeMap<>();
    private Latency latency;
    private double loss;
    private double duplication;

    /** Where messages arrive. */
    public interface Endpoint {
        /** Takes a message. */
        void receive(Letter letter);

        /** Why no message can be taken now, in a few words; nothing when one can. */
        default Optional<String> refusal() {
            return Optional.empty();
        }
    }

    /** Is told of every message, at once. */
    public interface Observer {
        /** A message was sent. */
        default void sent(Letter letter) {}

        /** A message has arrived. */
        default void received(Letter letter) {}

        /** A message was lost, and why. */
        default void dropped(Letter letter, String reason) {}
    }

    /**
     * A network without participants and without faults.
     *
     * @param random draws latencies and losses
     */
    public SimulatedNetwork(Timeline timeline, Latency latency, RandomGenerator random, Observer observer) {
        this.timeline = timeline;
        this.latency = latency;
        this.random = random;
        this.observer = observer;
    }

    /** Whether an id is a client's. */
    public static boolean isClient(String id) {
        return id.startsWith("c");
    }

    /** Whether an id is a node's: {@code n} and a number. */
    public static boolean isNode(String id) {
        return id.length() > 1 && id.charAt(0) == 'n' && Character.isDigit(id.charAt(1));
    }

    /** Adds a participant, or gives a known id a new end. */
    public void attach(String id, Endpoint endpoint) {
        endpoints.put(id, endpoint);
    }

    /** Whether an id is a participant's. */
    public boolean knows(String id) {
        return endpoints.containsKey(id);
    }

    /**
     * Sends a message.
     *
     * @throws IllegalArgumentException when nobody has the id that it is for
     */
    public void send(Letter letter) {
        if (!knows(letter.dest())) {
            throw new IllegalArgumentException(
                    "nobody is called " + letter.dest() + "; there are " + endpoints.keySet());
        }
        observer.sent(letter);
        if (!isBreakable(letter)) {
            timeline.after(delayNanos(letter), () -> deliver(letter));
            return;
        }
        if (loss > 0 && random.nextDouble() < loss) {
            observer.dropped(letter, "lost");
            return;
        }
        timeline.after(delayNanos(letter), () -> deliver(letter));
        if (duplication > 0 && random.nextDouble() < duplication) {
            timeline.after(delayNanos(letter), () -> deliver(letter));
        }
    }

    private static boolean isBreakable(Letter letter) {
        return isNode(letter.src()) && isNode(letter.dest());
    }

    private long delayNanos(Letter letter) {
        if (isClient(letter.src()) || isClient(letter.dest())) {
            return 0;
        }
        long nanos = latency.sampleNanos(random);
        var factor = slowness.isEmpty() ? null : slowness.get(link(letter.src(), letter.dest()));
        return factor == null ? nanos : Math.round(nanos * factor);
    }

    private void deliver(Letter letter) {
        var endpoint = Objects.requireNonNull(endpoints.get(letter.dest()));
        var deaf = deafTo.get(letter.dest());
        Optional<String> refusal =
                deaf != null && deaf.containsKey(letter.src()) ? Optional.of("cut off") : endpoint.refusal();
        if (refusal.isPresent()) {
            observer.dropped(letter, refusal.get());
        } else {
            observer.received(letter);
            endpoint.receive(letter);
        }
    }

    /**
     * Makes a participant deaf to another. The other direction is not changed.
     *
     * @param cause why, such as {@code partition}: what is cut for two causes is whole when both are mended
     */
    public void cut(String cause, String src, String dest) {
        deafTo.computeIfAbsent(dest, absent -> new TreeMap<>())
                .computeIfAbsent(src, absent -> new TreeSet<>())
                .add(cause);
    }

    /** Mends what was cut for a cause. */
    public void mend(String cause) {
        deafTo.values().forEach(sources -> {
            sources.values().forEach(causes -> causes.remove(cause));
            sources.values().removeIf(Set::isEmpty);
        });
        deafTo.values().removeIf(Map::isEmpty);
    }

    /** Makes messages on a link, in one direction, take longer by a factor; 1 is right. */
    public void slow(String src, String dest, double factor) {
        if (factor == 1) {
            slowness.remove(link(src, dest));
        } else {
            slowness.put(link(src, dest), factor);
        }
    }

    /** Loses each message between nodes with a probability, from 0 to 1. */
    public void lose(double probability) {
        loss = probability;
    }

    /** Delivers each message between nodes twice with a probability, from 0 to 1. */
    public void duplicate(double probability) {
        duplication = probability;
    }

    /** Changes how long messages take from now on. */
    public void useLatency(Latency newLatency) {
        latency = newLatency;
    }

    /** Mends all links: no cut, no slow link. Loss and duplication stay as they are. */
    public void heal() {
        deafTo.clear();
        slowness.clear();
    }

    private static String link(String src, String dest) {
        return src + ">" + dest;
    }
}
