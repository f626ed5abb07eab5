package dev.gyre.examples;

import dev.gyre.core.Body;
import dev.gyre.core.Message;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * A cluster in virtual time, on one thread: what passes between nodes takes a latency and can be lost; clients are served
 * at once. Two runs with the same seed are the same.
 */
public final class VirtualCluster<M, S> {
    static final String CLIENT = "c1";

    /** Five messages in six take less than a third of the longest time. */
    private static final int SKEW = 6;

    /** Somebody beside the nodes who answers requests. */
    @FunctionalInterface
    public interface Responder {
        /** The reply; or throws {@link RpcError}. */
        Object answer(String src, Object request);
    }

    private record Task(long nanos, long sequence, Runnable action) {}

    private final Class<M> payloads;
    private final List<String> nodeIds;
    private final SplittableRandom random;
    private final Map<String, VirtualNode<M, S>> nodes = new TreeMap<>();
    private final Map<String, Responder> responders = new TreeMap<>();
    private final Map<Long, Promise<M>> clientCalls = new TreeMap<>();
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::sequence));
    private BiPredicate<String, String> losing = (src, dest) -> false;
    private Duration latencyMin = Duration.ofMillis(100);
    private Duration latencyMax = latencyMin;
    private long nowNanos;
    private long lastId;
    private long serverMessages;

    /** A cluster whose nodes {@code n0}, {@code n1}, … are not started yet. */
    public VirtualCluster(int nodeCount, Class<M> payloads, long seed) {
        this.payloads = payloads;
        this.nodeIds = IntStream.range(0, nodeCount).mapToObj(i -> "n" + i).toList();
        this.random = new SplittableRandom(seed);
    }

    /** Sets how long messages take: each time something between the two, mostly near the lower end, so that a few are overtaken. */
    public VirtualCluster<M, S> latency(Duration min, Duration max) {
        latencyMin = min;
        latencyMax = max;
        return this;
    }

    /** Decides of each message, when it would arrive, whether it is lost. */
    public VirtualCluster<M, S> losing(BiPredicate<String, String> decision) {
        losing = decision;
        return this;
    }

    /** Adds somebody who answers requests. */
    public VirtualCluster<M, S> with(String id, Responder responder) {
        responders.put(id, responder);
        return this;
    }

    /** Starts all nodes. */
    public VirtualCluster<M, S> start(ServiceFactory<M, S> factory) {
        nodeIds.forEach(id -> start(id, factory));
        return this;
    }

    /** Starts one node; if it runs already it is killed before, and knows nothing of its earlier life. */
    public Service<M, S> start(String id, ServiceFactory<M, S> factory) {
        var earlier = nodes.get(id);
        if (earlier != null) {
            earlier.kill();
        }
        var node = new VirtualNode<M, S>(this, id, payloads);
        nodes.put(id, node);
        return node.start(factory);
    }

    /** A client's request. */
    public Promise<M> call(String node, M request) {
        long id = nextId();
        var promise = new Promise<M>();
        clientCalls.put(id, promise);
        arrive(new Message<>(CLIENT, node, new Body<>(OptionalLong.of(id), OptionalLong.empty(), request)));
        return promise;
    }

    /** The answer to a client's request, for which time passes if it has to. */
    public M ask(String node, M request) {
        var known = new AtomicReference<Outcome<M>>();
        call(node, request).whenDone(known::set);
        while (known.get() == null && !tasks.isEmpty()) {
            runNext();
        }
        return known.get().orThrow();
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!tasks.isEmpty() && tasks.peek().nanos() <= end) {
            runNext();
        }
        nowNanos = end;
    }

    private void runNext() {
        var task = tasks.remove();
        nowNanos = task.nanos();
        task.action().run();
    }

    /** All nodes. */
    public List<String> nodeIds() {
        return nodeIds;
    }

    /** Random numbers of this cluster. */
    public SplittableRandom random() {
        return random;
    }

    /** The time since the start. */
    public long nowNanos() {
        return nowNanos;
    }

    /** How many messages were sent to nodes and services, lost ones included; those of clients do not count. */
    public long serverMessages() {
        return serverMessages;
    }

    long nextId() {
        return ++lastId;
    }

    void at(Duration delay, Runnable action) {
        tasks.add(new Task(nowNanos + delay.toNanos(), nextId(), action));
    }

    /** Runs an action when a message has come over, if it does. */
    void carry(String src, String dest, Runnable arrival) {
        serverMessages++;
        long spread = latencyMax.toNanos() - latencyMin.toNanos();
        at(latencyMin.plusNanos((long) (spread * Math.pow(random.nextDouble(), SKEW))), () -> {
            if (!losing.test(src, dest)) {
                arrival.run();
            }
        });
    }

    private VirtualNode<M, S> node(String id) {
        return Objects.requireNonNull(nodes.get(id), id);
    }

    /** Hands a message of this cluster's protocol to its node. */
    void arrive(Message<M> message) {
        node(message.dest()).receive(message);
    }

    /** Sends a request of any protocol to wherever it goes. */
    void request(String src, String dest, OptionalLong msgId, Object payload) {
        carry(src, dest, () -> {
            var responder = responders.get(dest);
            if (responder == null) {
                arrive(new Message<>(src, dest, new Body<>(msgId, OptionalLong.empty(), payloads.cast(payload))));
            } else {
                reply(/* src= */ dest, /* dest= */ src, msgId, answer(responder, src, payload));
            }
        });
    }

    private static Object answer(Responder responder, String src, Object payload) {
        try {
            return responder.answer(src, payload);
        } catch (RpcError e) {
            return e;
        }
    }

    /** Sends a reply: a payload or an {@link RpcError}. */
    void reply(String src, String dest, OptionalLong msgId, Object reply) {
        long id = msgId.orElseThrow();
        if (dest.equals(CLIENT)) {
            var call = Objects.requireNonNull(clientCalls.remove(id), "a second answer to one request");
            call.complete(reply instanceof RpcError error ? Outcome.of(error) : new Outcome.Ok<>(payloads.cast(reply)));
        } else {
            carry(src, dest, () -> node(dest).complete(id, reply));
        }
    }
}
