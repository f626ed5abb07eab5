package dev.gyre.stream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes with replicated snapshots in virtual time, which goes on while somebody waits: a store at any of them, as if it were the caller's own. */
final class SimulatedLoop extends SnapshotStoreTest.Loop {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private final Timeline timeline = new Timeline();
    private final RandomStreams streams = new RandomStreams(1);
    private final SimulatedNetwork network;
    private final TreeMap<String, SimulatedNode<?, ?>> nodes = new TreeMap<>();
    private final TreeMap<String, StoreHost> hosts = new TreeMap<>();

    SimulatedLoop(int count, ReplicatedSnapshots.Settings settings) {
        network = new SimulatedNetwork(
                timeline,
                Latency.exponential(Duration.ofMillis(1)),
                streams.fork("network"),
                new SimulatedNetwork.Observer() {});
        var ids = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
        for (var id : ids) {
            var identity = new SimulatedNode.Identity(id, ids, List.of());
            var node = new SimulatedNode.Builder<StoreHost.Call, Runnable>(
                            identity,
                            StoreHost.Call.class,
                            context -> {
                                var host = new StoreHost(context, settings);
                                hosts.put(id, host);
                                return host;
                            },
                            streams,
                            (who, failure) -> {
                                throw new AssertionError(who + " failed", failure);
                            })
                    .on(timeline, network::send);
            network.attach(id, node);
            nodes.put(id, node);
            node.start();
        }
        pass(Duration.ofSeconds(2)); // somebody leads then
    }

    SimulatedNode<?, ?> node(String id) {
        return nodes.computeIfAbsent(id, absent -> {
            throw new IllegalArgumentException(absent);
        });
    }

    StoreHost host(String id) {
        return hosts.computeIfAbsent(id, absent -> {
            throw new IllegalArgumentException(absent);
        });
    }

    SimulatedNetwork network() {
        return network;
    }

    void pass(Duration time) {
        long until = timeline.nowNanos() + time.toNanos();
        while (timeline.runNext(until)) {
            // goes on
        }
        timeline.advanceTo(until);
    }

    @Override
    <T> Outcome<T> await(Promise<T> promise) {
        long until = timeline.nowNanos() + PATIENCE_NANOS;
        while (!promise.isDone()) {
            assertThat(timeline.runNext(until)).as("a completion within 60 s").isTrue();
        }
        return promise.outcome();
    }

    /** The store at a node: what is asked of it is asked within a step of that node. */
    SnapshotStore store(String node) {
        return new SnapshotStore() {
            private <T> Promise<T> ask(Function<SnapshotStore, Promise<T>> request) {
                var answer = new Promise<T>();
                run(node, store -> request.apply(store).whenDone(answer::complete));
                return answer;
            }

            @Override
            public Promise<Stored> put(String name, List<ByteBuffer> content) {
                return ask(store -> store.put(name, content));
            }

            @Override
            public Promise<byte[]> get(String name) {
                return ask(store -> store.get(name));
            }

            @Override
            public Promise<byte[]> read(String name, long offset, int length) {
                return ask(store -> store.read(name, offset, length));
            }

            @Override
            public Promise<Deleted> delete(String name) {
                return ask(store -> store.delete(name));
            }

            @Override
            public Promise<List<String>> list() {
                return ask(SnapshotStore::list);
            }
        };
    }

    /** Runs something at a node, and throws here what it throws. */
    private void run(String node, Consumer<SnapshotStore> action) {
        var ends = new ArrayList<@Nullable RuntimeException>();
        var call = new StoreHost.Call.Run(store -> {
            try {
                action.accept(store);
                ends.add(null);
            } catch (IllegalArgumentException refused) {
                ends.add(refused);
            }
        });
        network.send(new Letter("c1", node, "run", OptionalLong.empty(), OptionalLong.empty(), call));
        while (ends.isEmpty()) {
            assertThat(timeline.runNext(Long.MAX_VALUE)).as("%s runs", node).isTrue();
        }
        var thrown = ends.getFirst();
        if (thrown != null) {
            throw thrown;
        }
    }
}
