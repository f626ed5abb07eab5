package dev.gyre.core.host;

import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs nodes in one process: a thread each, real time, and real files if {@link LocalSettings} say so. Messages are passed by
 * reference and never written out, so what a payload refers to must not change.
 *
 * <pre>{@code
 * try (var host = LocalHost.of(3)) {                       // n0, n1, n2
 *     host.startAll(Msg.class, EchoService::new);
 *     var client = host.client(Msg.class);
 *     var outcome = client.call("n1", new Echo("hello"), Duration.ofSeconds(1)).get();
 *     host.kill("n1");
 *     host.start("n1", Msg.class, EchoService::new);
 * }
 * }</pre>
 *
 * <p>The network between the nodes keeps the order of what one node sends to another, and loses nothing but what is sent to a
 * node that is down or whose inbox is full ({@link #dropped}). Nodes of several services may share a host. An id that starts
 * with {@code c} is a client's: a node that makes load, for instance, and is no member of the cluster.
 *
 * <p>A node that breaks an invariant or loses its disk ends, alone: the failure is logged, kept in {@link #failures}, and told to
 * whoever {@linkplain #onFailure asked}. It can be started again.
 *
 * <p>For any thread, except that a node's own thread cannot wait for its end.
 */
public final class LocalHost implements AutoCloseable {
    /** How long the end of a node is waited for: a step that takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Failures that are kept for {@link #failures} and {@link #awaitFailure}; more than a test can want to see. */
    private static final int MAX_FAILURES = 1000;

    private static final Logger log = LoggerFactory.getLogger(LocalHost.class);

    private final List<String> nodeIds;
    private final LocalSettings settings;
    private final LocalSwitch network;
    private final LocalNode.Watcher watcher = new Watching();
    private final Map<String, LocalNode<?, ?>> running = new ConcurrentHashMap<>();
    /** With those that run no more but whose threads are at their last actions. */
    private final List<LocalNode<?, ?>> threads = new ArrayList<>();

    private final List<LocalClient<?>> clients = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<NodeFailure> unseen = new LinkedBlockingQueue<>(MAX_FAILURES);
    private final LinkedBlockingQueue<NodeFailure> failures = new LinkedBlockingQueue<>(MAX_FAILURES);
    private final AtomicLong defects = new AtomicLong();
    private final AtomicInteger lastClient = new AtomicInteger();
    private final Object lifecycle = new Object();
    private volatile Consumer<NodeFailure> onFailure = failure -> {};
    private boolean isClosed;

    /**
     * A host for a cluster of which no node runs yet.
     *
     * @param nodeIds the ids of the cluster, in the order that all nodes see
     */
    public LocalHost(List<String> nodeIds, LocalSettings settings) {
        this.nodeIds = List.copyOf(nodeIds);
        this.settings = settings;
        this.network = new LocalSwitch(nodeIds);
    }

    /** A host for the nodes {@code n0}, {@code n1}, …, of which none runs yet. */
    public static LocalHost of(int count) {
        return of(count, LocalSettings.defaults());
    }

    /** A host for the nodes {@code n0}, {@code n1}, …, of which none runs yet. */
    public static LocalHost of(int count, LocalSettings settings) {
        return new LocalHost(IntStream.range(0, count).mapToObj(i -> "n" + i).toList(), settings);
    }

    /** The ids of the cluster. */
    public List<String> nodeIds() {
        return nodeIds;
    }

    /**
     * Starts a node, and returns when its service has been made. Messages that come meanwhile wait.
     *
     * @param payloads the sealed interface of the service's payloads
     * @param factory makes the service, on the node's thread
     * @param arguments what the service is to find in {@link dev.gyre.core.NodeContext#arguments}
     * @throws IllegalArgumentException when the id is not in the cluster and does not start with {@code c}
     * @throws IllegalStateException when a node of this id runs already, the service could not be made, or the host is closed
     */
    public <M, S> void start(String id, Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        awaitReady(begin(id, PayloadTypes.of(payloads), factory, List.of(arguments)));
    }

    /** Starts a node whose service needs nothing of its context. */
    public <M, S> void start(
            String id, Class<M> payloads, Supplier<? extends Service<M, S>> factory, String... arguments) {
        start(id, payloads, (ServiceFactory<M, S>) node -> factory.get(), arguments);
    }

    /**
     * Starts all nodes of the cluster, with the same service. As {@link #start} for each, but they are made at the same time.
     */
    public <M, S> void startAll(Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        var types = PayloadTypes.of(payloads);
        var nodes = nodeIds.stream()
                .map(id -> begin(id, types, factory, List.of(arguments)))
                .toList();
        nodes.forEach(LocalHost::awaitReady);
    }

    /** Starts all nodes of the cluster, with a service that needs nothing of its context. */
    public <M, S> void startAll(Class<M> payloads, Supplier<? extends Service<M, S>> factory, String... arguments) {
        startAll(payloads, (ServiceFactory<M, S>) node -> factory.get(), arguments);
    }

    private <M, S> LocalNode<M, S> begin(
            String id, PayloadTypes<M> types, ServiceFactory<M, S> factory, List<String> arguments) {
        if (!nodeIds.contains(id) && !id.startsWith("c")) {
            throw new IllegalArgumentException(id + " is neither one of " + nodeIds + " nor a client, like c1");
        }
        return begin(new LocalNode.Identity(id, nodeIds, arguments, false), settings, types, factory);
    }

    private <M, S> LocalNode<M, S> begin(
            LocalNode.Identity identity, LocalSettings own, PayloadTypes<M> types, ServiceFactory<M, S> factory) {
        synchronized (lifecycle) {
            if (isClosed) {
                throw new IllegalStateException("the host is closed: " + identity.id() + " cannot start");
            }
            if (running.containsKey(identity.id())) {
                throw new IllegalStateException(identity.id() + " runs already: stop or kill it first");
            }
            var node = new LocalNode<>(identity, new LocalNode.World(own, network, watcher), types, factory);
            running.put(identity.id(), node);
            threads.removeIf(LocalNode::hasEnded);
            threads.add(node);
            node.begin();
            return node;
        }
    }

    private static void awaitReady(LocalNode<?, ?> node) {
        try {
            node.awaitReady();
        } catch (CompletionException e) {
            throw new IllegalStateException(node.id() + " could not start: " + e.getCause(), e.getCause());
        }
    }

    /**
     * A new client of the cluster: how threads that are no nodes call nodes.
     *
     * @param payloads the sealed interface of the payloads, requests and replies
     */
    public <M> LocalClient<M> client(Class<M> payloads) {
        var types = PayloadTypes.of(payloads);
        var network = new CompletableFuture<Network<M>>();
        ServiceFactory<M, Void> receiver = context -> {
            network.complete(context.network());
            return (event, out) -> {}; // replies to calls do not come here, and nothing else is for a client
        };
        var identity = new LocalNode.Identity("client-" + lastClient.incrementAndGet(), nodeIds, List.of(), true);
        var node = begin(identity, settings.inboxOf(LocalClient.INBOX_MESSAGES), types, receiver);
        awaitReady(node);
        var client = new LocalClient<>(types, node, network.join(), () -> end(node, LocalNode::stop));
        clients.add(client);
        return client;
    }

    /**
     * A way for threads that are no nodes to send to nodes.
     *
     * @param id whom nodes see as the sender
     * @param payloads the sealed interface of the payloads
     */
    public <M> LocalSender<M> sender(String id, Class<M> payloads) {
        return new LocalSender<>(id, PayloadTypes.of(payloads), network);
    }

    /** Whether a node of this id runs. */
    public boolean isRunning(String id) {
        return running.containsKey(id);
    }

    /**
     * Ends a node in good order: it takes what it has got, gets an {@link dev.gyre.core.Event.EndOfInput}, and this returns when
     * it has ended. Nothing happens when it does not run.
     *
     * @throws IllegalStateException when the node does not end within half a minute
     */
    public void stop(String id) {
        Optional.ofNullable(running.get(id)).ifPresent(node -> end(node, LocalNode::stop));
    }

    /**
     * Ends a node without a word: after the step at hand, if there is one, of which nothing more is sent. What waited for it is
     * lost. When this returns, its folder is free, unless the node kills itself. Nothing happens when it does not run.
     *
     * @throws IllegalStateException when the step at hand does not end within half a minute
     */
    public void kill(String id) {
        Optional.ofNullable(running.get(id)).ifPresent(node -> end(node, LocalNode::kill));
    }

    private void end(LocalNode<?, ?> node, Consumer<LocalNode<?, ?>> how) {
        how.accept(node);
        if (!node.isOwnThread() && !hasEnded(node, System.nanoTime() + PATIENCE.toNanos())) {
            var hanging = new IllegalStateException(node.id() + " does not end: it is in the step below");
            hanging.setStackTrace(node.stack());
            throw hanging;
        }
    }

    private static boolean hasEnded(LocalNode<?, ?> node, long deadlineNanos) {
        try {
            return node.awaitEnd(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + node.id(), e);
        }
    }

    /** How many messages were dropped because the inbox of a node was full, in all of its lives. */
    public long dropped(String id) {
        return network.droppedBy(id);
    }

    /**
     * How many exceptions that are no answers came out of steps of all nodes. They are logged, and answered with {@link
     * dev.gyre.core.ErrorCode#CRASH}; the nodes go on.
     */
    public long defects() {
        return defects.get();
    }

    /** What has ended nodes that nobody stopped, in order; the first thousand. */
    public List<NodeFailure> failures() {
        return List.copyOf(failures);
    }

    /**
     * Waits for a failure: each is returned once, the oldest first.
     *
     * @return nothing when there is none in this time
     */
    public Optional<NodeFailure> awaitFailure(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(unseen.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Says who is told of failures from now on, on the thread of the node that has failed. It may start the node again. */
    public void onFailure(Consumer<NodeFailure> action) {
        onFailure = action;
    }

    /**
     * Ends all nodes in good order and all clients, and returns when they have ended. A node that hangs is logged, killed, and
     * left to itself.
     */
    @Override
    public void close() {
        List<LocalNode<?, ?>> nodes;
        synchronized (lifecycle) {
            isClosed = true;
            nodes = List.copyOf(threads);
        }
        clients.forEach(LocalClient::close);
        nodes.forEach(LocalNode::stop);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var node : nodes) {
            if (!node.isOwnThread() && !hasEnded(node, deadline)) {
                node.kill();
                log.error("{} does not end: it is left in {}", node.id(), List.of(node.stack()));
            }
        }
    }

    /** On the threads of the nodes. */
    private final class Watching implements LocalNode.Watcher {
        @Override
        public void defect() {
            defects.incrementAndGet();
        }

        @Override
        public void ended(LocalNode<?, ?> node) {
            running.remove(node.id(), node);
        }

        @Override
        public void failed(LocalNode<?, ?> node, Throwable cause) {
            switch (cause) {
                case InvariantViolation broken -> log.error("a broken invariant: {} stops", node.id(), broken);
                case StorageException disk ->
                    log.error("{} stops, for it cannot use its disk: {}", node.id(), disk.getMessage());
                default -> log.error("{} has ended", node.id(), cause);
            }
            var failure = new NodeFailure(node.id(), cause);
            boolean isKept = failures.offer(failure) && unseen.offer(failure);
            if (!isKept) {
                log.error("more than {} failures: this one is not kept", MAX_FAILURES);
            }
            onFailure.accept(failure);
        }
    }
}
