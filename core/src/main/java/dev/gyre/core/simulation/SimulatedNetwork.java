package dev.gyre.core.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    private static final SortedMap<String, Set<String>> UNCUT = Collections.emptySortedMap();

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Observer observer;
    private final SortedMap<String, Endpoint> endpoints = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Set<String>>> deafTo = new TreeMap<>();
    private final SortedMap<String, Double> slowness = new TreeMap<>();
    private final SortedMap<String, List<Runnable>> clogged = new TreeMap<>();
    private Latency latency;
    private double loss;
    private double duplication;
    private long sent;

    /** Where messages arrive. */
    public interface Endpoint {
        /** Takes a message. */
        void receive(Letter letter);

        /** Takes a message, with the number that the network gave it. */
        default void receive(long number, Letter letter) {
            receive(letter);
        }

        /** Why a message cannot be taken now, in a few words; nothing when it can. */
        default Optional<String> refusal(Letter letter) {
            return Optional.empty();
        }
    }

    /** Is told of every message, at once. Messages are numbered from 0; what arrives twice has one number. */
    public interface Observer {
        /** A message was sent. */
        default void sent(long number, Letter letter) {}

        /** A message has arrived. */
        default void received(long number, Letter letter) {}

        /** A message has arrived, and its receiver has done what it does about it at once; one that stands still has put it by. */
        default void taken(long number, Letter letter) {}

        /** A message was lost, and why, in a word or two: {@code loss}, what its link was cut for, or the receiver's refusal. */
        default void dropped(long number, Letter letter, String reason) {}
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

    /** Takes a participant off. Its id stays known: what is sent to it is dropped. */
    public void detach(String id) {
        endpoints.put(id, new Gone(Optional.of(id + " is gone")));
    }

    /** Whether an id is, or was, a participant's. */
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
        long number = sent++;
        observer.sent(number, letter);
        boolean isBreakable = isNode(letter.src()) && isNode(letter.dest());
        if (isBreakable && loss > 0 && random.nextDouble() < loss) {
            observer.dropped(number, letter, "loss");
            return;
        }
        timeline.after(delayNanos(letter), () -> deliver(number, letter));
        if (isBreakable && duplication > 0 && random.nextDouble() < duplication) {
            timeline.after(delayNanos(letter), () -> deliver(number, letter));
        }
    }

    private long delayNanos(Letter letter) {
        if (isClient(letter.src()) || isClient(letter.dest())) {
            return 0;
        }
        long nanos = latency.sampleNanos(random);
        var factor = slowness.isEmpty() ? null : slowness.get(link(letter.src(), letter.dest()));
        return factor == null ? nanos : Math.round(nanos * factor);
    }

    private void deliver(long number, Letter letter) {
        var endpoint = Objects.requireNonNull(endpoints.get(letter.dest()));
        var held = clogged.isEmpty() ? null : clogged.get(link(letter.src(), letter.dest()));
        if (held != null) {
            held.add(() -> deliver(number, letter));
            return;
        }
        var refusal = cut(letter).or(() -> endpoint.refusal(letter));
        if (refusal.isPresent()) {
            observer.dropped(number, letter, refusal.get());
        } else {
            observer.received(number, letter);
            endpoint.receive(number, letter);
            observer.taken(number, letter);
        }
    }

    private Optional<String> cut(Letter letter) {
        if (deafTo.isEmpty()) {
            return Optional.empty();
        }
        var causes = deafTo.getOrDefault(letter.dest(), UNCUT).get(letter.src());
        return causes == null ? Optional.empty() : Optional.of(causes.iterator().next());
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

    /** Holds up messages on a link, in one direction: none is lost, and none arrives. */
    public void clog(String src, String dest) {
        clogged.computeIfAbsent(link(src, dest), absent -> new ArrayList<>());
    }

    /** Lets through what was held up on a link. */
    public void unclog(String src, String dest) {
        var held = clogged.remove(link(src, dest));
        if (held != null) {
            held.forEach(Runnable::run);
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

    /** Mends all links: no cut, no slow link, none that is clogged. Loss and duplication stay as they are. */
    public void heal() {
        deafTo.clear();
        slowness.clear();
        var held = List.copyOf(clogged.values());
        clogged.clear();
        held.forEach(messages -> messages.forEach(Runnable::run));
    }

    /** The end of one who has left. */
    private record Gone(Optional<String> reason) implements Endpoint {
        @Override
        public Optional<String> refusal(Letter letter) {
            return reason;
        }

        @Override
        public void receive(Letter letter) {
            throw new IllegalStateException(letter + " was delivered to one who is gone");
        }
    }

    private static String link(String src, String dest) {
        return src + ">" + dest;
    }
}
