package dev.gyre.core.simulation;

import dev.gyre.core.StorageException;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Simulation}, as its {@link Scenario} sees it: the cluster, clients, time and chance. For one thread.
 *
 * @param <M> the payloads of the nodes
 */
public final class SimulationRun<M> {
    private static final String PARTITION = "partition";

    private final PayloadTypes<M> types;
    private final Trace trace;
    private final Timeline timeline;
    private final SimulatedNetwork network;
    private final RandomStreams streams;
    private final RandomGenerator random;
    private final List<String> nodeIds;
    private final Map<String, SimulatedNode<?, ?>> nodes = new TreeMap<>();
    private final List<Runnable> whenSettled = new ArrayList<>();
    private final List<Runnable> checks = new ArrayList<>();
    private final List<SimulatedNetwork.Observer> observers = new ArrayList<>();
    private final long chaosNanos;
    private @Nullable Throwable nodeFailure;
    private int clients;
    private boolean isFinished;

    SimulationRun(Simulation<M, ?> simulation, RandomStreams streams, Timeline timeline, Trace trace) {
        this.types = PayloadTypes.of(simulation.payloads());
        this.trace = trace;
        this.observers.add(trace);
        this.timeline = timeline;
        this.streams = streams;
        this.random = streams.fork("clients");
        this.nodeIds = simulation.nodeIds();
        this.chaosNanos = simulation.chaosNanos();
        this.network = new SimulatedNetwork(timeline, simulation.latency(), streams.fork("network"), new Messages());
    }

    /** The ids of the nodes. */
    public List<String> nodeIds() {
        return nodeIds;
    }

    /** Any of the nodes, drawn from the clients' random numbers. */
    public String anyNode() {
        return nodeIds.get(random.nextInt(nodeIds.size()));
    }

    /** The clients' random numbers. */
    public RandomGenerator random() {
        return random;
    }

    /** The time since the run began, in nanoseconds. */
    public long nowNanos() {
        return timeline.nowNanos();
    }

    /** A new client. */
    public SimulatedClient<M> client() {
        return new SimulatedClient<>("c" + ++clients, types, timeline, network);
    }

    /** Does something once, after a time. */
    public void after(Duration delay, Runnable action) {
        timeline.after(delay.toNanos(), action);
    }

    /** Does something again and again while faults go on, first after one period. */
    public void every(Duration period, Runnable action) {
        timeline.after(period.toNanos(), () -> {
            if (timeline.nowNanos() <= chaosNanos) {
                action.run();
                every(period, action);
            }
        });
    }

    /** Does something once all faults are mended and the cluster has had its time to settle: the last requests, most often. */
    public void whenSettled(Runnable action) {
        whenSettled.add(action);
    }

    /** Checks something at the very end, when the last requests have been answered. What it throws fails the run. */
    public void check(Runnable assertion) {
        checks.add(assertion);
    }

    /**
     * Tells somebody else of all messages too, those of clients among them; asked for before the run begins. What is {@linkplain #inject injected} when a message was
     * {@linkplain SimulatedNetwork.Observer#taken taken} strikes before anything else happens: so a node can be ended between two messages.
     */
    public void observe(SimulatedNetwork.Observer observer) {
        observers.add(observer);
    }

    /**
     * Nothing more is to come: at once all is mended that is not, and the last requests are made. Called while these are answered, it ends that too. Without it
     * each phase takes all of its time.
     */
    public void finish() {
        isFinished = true;
    }

    boolean isFinished() {
        return isFinished;
    }

    /** Brings a fault about now. */
    public void inject(Fault fault) {
        trace.event("fault", fault.toString());
        switch (fault) {
            case Fault.Partition(List<List<String>> groups) -> partition(groups);
            case Fault.HealPartition() -> network.mend(PARTITION);
            case Fault.OneWayCut(String src, String dest) -> network.cut(link(src, dest), src, dest);
            case Fault.HealOneWayCut(String src, String dest) -> network.mend(link(src, dest));
            case Fault.SlowLink(String src, String dest, double factor) -> network.slow(src, dest, factor);
            case Fault.ClogLink(String src, String dest) -> network.clog(src, dest);
            case Fault.UnclogLink(String src, String dest) -> network.unclog(src, dest);
            case Fault.HealLinks() -> network.heal();
            case Fault.Loss(double probability) -> network.lose(probability);
            case Fault.Duplication(double probability) -> network.duplicate(probability);
            case Fault.Crash(String node) -> node(node).crash();
            case Fault.Restart(String node) -> node(node).start();
            case Fault.Pause(String node) -> node(node).pause();
            case Fault.Resume(String node) -> node(node).resume();
            case Fault.Clock(String node, Duration jump, double rate) ->
                node(node).skew(jump, rate);
            case Fault.SlowDisk(String node, double factor) -> node(node).slowDisk(factor);
            case Fault.FullDisk(String node) -> node(node).fillDisk(true);
            case Fault.FailingDisk(String node) -> node(node).failSyncs(true);
            case Fault.MendDisk(String node) -> mendDisk(node(node));
            case Fault.FlippedBit(String node, double where) -> node(node).corruptDisk(where);
        }
    }

    private static void mendDisk(SimulatedNode<?, ?> node) {
        node.slowDisk(1);
        node.fillDisk(false);
        node.failSyncs(false);
    }

    private static String link(String src, String dest) {
        return "one-way cut " + src + " > " + dest;
    }

    private SimulatedNode<?, ?> node(String id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException(id + " is none of the nodes " + nodes.keySet());
        }
        return node;
    }

    private void partition(List<List<String>> groups) {
        for (var src : nodeIds) {
            for (var dest : nodeIds) {
                boolean together = groups.stream().anyMatch(group -> group.contains(src) && group.contains(dest));
                if (!together && !src.equals(dest)) {
                    network.cut(PARTITION, src, dest);
                }
            }
        }
    }

    /** Mends all that is broken. */
    void healAll() {
        inject(new Fault.HealLinks());
        inject(new Fault.Loss(0));
        inject(new Fault.Duplication(0));
        for (var id : List.copyOf(nodes.keySet())) {
            inject(new Fault.MendDisk(id));
            // What a paused node learns when it goes on may end it, so it is started last.
            inject(new Fault.Resume(id));
            inject(new Fault.Restart(id));
            inject(new Fault.Clock(id, Duration.ZERO, 1));
        }
    }

    /** Starts who has ended since all was mended: of a sync that had failed before, and was told so late. */
    void restartEnded() {
        nodes.forEach((id, node) -> {
            if (!node.isUp()) {
                inject(new Fault.Restart(id));
            }
        });
    }

    <P, S> void start(Simulation.Part<P, S> part) {
        var identity = new SimulatedNode.Identity(part.id(), nodeIds, part.arguments());
        var node = new SimulatedNode.Builder<>(identity, part.payloads(), part.factory(), streams, new NodeWatcher())
                .on(timeline, network::send);
        network.attach(part.id(), node);
        nodes.put(part.id(), node);
        node.start();
    }

    /** What becomes of messages is traced, and told to who asked for it. */
    private final class Messages implements SimulatedNetwork.Observer {
        @Override
        public void sent(long number, Letter letter) {
            observers.forEach(observer -> observer.sent(number, letter));
        }

        @Override
        public void received(long number, Letter letter) {
            observers.forEach(observer -> observer.received(number, letter));
        }

        @Override
        public void taken(long number, Letter letter) {
            observers.forEach(observer -> observer.taken(number, letter));
        }

        @Override
        public void dropped(long number, Letter letter, String reason) {
            observers.forEach(observer -> observer.dropped(number, letter, reason));
        }
    }

    private final class NodeWatcher implements SimulatedNode.Watcher {
        @Override
        public void failed(String node, Throwable failure) {
            trace.event("failed", node);
            if (nodeFailure == null) {
                nodeFailure = failure;
            }
        }

        @Override
        public void stopped(String node, StorageException failure) {
            trace.event("stopped", node + ": " + failure.getMessage());
        }

        @Override
        public void disk(String node, String what) {
            trace.event("disk", node + " " + what);
        }
    }

    /** Throws what a node has thrown, if one has. */
    void throwNodeFailure() {
        if (nodeFailure != null) {
            throw new AssertionError("a node failed: " + nodeFailure, nodeFailure);
        }
    }

    /** The last phase: requests that it may be {@linkplain #finish finished} with, too. */
    void settled() {
        isFinished = false;
        List.copyOf(whenSettled).forEach(Runnable::run);
    }

    void runChecks() {
        List.copyOf(checks).forEach(Runnable::run);
    }
}
