package dev.gyre.bench.raft.peer;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Tally;
import dev.gyre.bench.raft.Timing;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.message.RaftMessage;
import io.microraft.statemachine.StateMachine;
import io.microraft.store.sqlite.RaftSqliteStore;
import io.microraft.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MicroRaft brings no transport: messages and operations go by reference to the other replicas in this JVM, which costs
 * nothing but a queue. Each node has the executor that it has by default, a thread. Durable with its SQLite store.
 */
public final class MicroRaft implements RaftContender {
    @Override
    public String name() {
        return "microraft";
    }

    @Override
    public String settings() {
        return "MicroRaft 0.7, by reference in one JVM, default executor; durable: its SQLite store; tight: election 100 ms, heartbeat"
                + " 1 s, heartbeat time-out 1 s (whole seconds are its least)";
    }

    @Override
    public Group start(Mode mode, Timing timing, Path dir) {
        return new Replicas(mode, timing, dir);
    }

    record Endpoint(Integer number) implements RaftEndpoint {
        @Override
        public Object getId() {
            return number;
        }
    }

    private static RaftConfig config(Timing timing) {
        var config = RaftConfig.newBuilder();
        if (timing == Timing.TIGHT) {
            config.setLeaderElectionTimeoutMillis(100)
                    .setLeaderHeartbeatPeriodSecs(1)
                    .setLeaderHeartbeatTimeoutSecs(1);
        }
        return config.build();
    }

    private static final class Replicas implements Group {
        private final List<Replica> replicas = new ArrayList<>();
        private volatile int leader;

        Replicas(Mode mode, Timing timing, Path dir) {
            List<RaftEndpoint> members = IntStream.range(0, REPLICAS)
                    .<RaftEndpoint>mapToObj(Endpoint::new)
                    .toList();
            for (int i = 0; i < REPLICAS; i++) {
                var replica = new Replica(i, replicas);
                var builder = RaftNode.newBuilder()
                        .setGroupId("bench")
                        .setLocalEndpoint(members.get(i))
                        .setInitialGroupMembers(members)
                        .setConfig(config(timing))
                        .setTransport(replica)
                        .setStateMachine(replica);
                if (mode == Mode.DURABLE) {
                    var models = new DefaultRaftModelFactory();
                    var file = dir.resolve("replica-" + i + ".db").toFile();
                    builder.setStore(RaftSqliteStore.create(file, models, new MicroRaftSerializer()));
                }
                replica.node = builder.build();
                replicas.add(replica);
            }
            replicas.forEach(replica -> replica.node().start().join());
        }

        @Override
        public void submit(byte[] value, Completion completion) {
            int target = leader >= 0 ? leader : leader();
            if (target < 0) {
                completion.done(false);
                return;
            }
            var unused = replicas.get(target).node().replicate(value).whenComplete((result, failure) -> {
                if (failure != null) {
                    leader(); // the next operation may have to go elsewhere
                }
                completion.done(failure == null);
            });
        }

        @Override
        public List<Applied> applied() {
            return alive().map(replica -> replica.tally.applied()).toList();
        }

        private Stream<Replica> alive() {
            return replicas.stream().filter(replica -> !replica.isCut);
        }

        @Override
        public int leader() {
            var found = alive().filter(replica -> {
                        var known = replica.node().getTerm().getLeaderEndpoint();
                        return known != null && known.equals(replica.node().getLocalEndpoint());
                    })
                    .findFirst();
            leader = found.map(replica -> replica.number).orElse(-1);
            return leader;
        }

        @Override
        public void stopSilently(int replica) {
            var stopped = replicas.get(replica);
            stopped.isCut = true; // first: what it says as it ends is not heard
            var unused = stopped.node().terminate();
        }

        @Override
        public boolean transferLeadership(int from) {
            var node = replicas.get(from).node();
            var unused = node.transferLeadership(
                    replicas.get((from + 1) % REPLICAS).node().getLocalEndpoint());
            return true;
        }

        @Override
        public void close() {
            alive().toList().forEach(replica -> replica.node().terminate().join());
        }
    }

    private static final class Replica implements Transport, StateMachine {
        private final int number;
        private final List<Replica> replicas;
        private final Tally tally;
        private volatile boolean isCut;
        private @Nullable RaftNode node;

        Replica(int number, List<Replica> replicas) {
            this.number = number;
            this.replicas = replicas;
            tally = new Tally(number);
        }

        RaftNode node() {
            return Objects.requireNonNull(node, "not built yet");
        }

        @Override
        public void send(RaftEndpoint target, RaftMessage message) {
            var replica = replicas.get(((Endpoint) target).number());
            if (!isCut && !replica.isCut) {
                replica.node().handle(message);
            }
        }

        @Override
        public boolean isReachable(RaftEndpoint endpoint) {
            return true; // nobody knows of one that stopped without a word
        }

        @Override
        public Object runOperation(long commitIndex, Object operation) {
            if (operation instanceof byte[] value) {
                tally.apply(value);
            }
            return "";
        }

        @Override
        public void takeSnapshot(long commitIndex, Consumer<Object> snapshotChunkConsumer) {
            snapshotChunkConsumer.accept(tally.snapshot());
        }

        @Override
        public void installSnapshot(long commitIndex, List<Object> snapshotChunks) {
            tally.install((Applied) snapshotChunks.get(0));
        }

        @Override
        public Object getNewTermOperation() {
            return "new term";
        }
    }
}
