package dev.gyre.bench.raft.peer;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Tally;
import dev.gyre.bench.raft.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.TimeDuration;

/**
 * Apache Ratis over its gRPC transport on loopback. Operations go through its asynchronous client: the leader's server takes
 * them too, but makes the caller wait until each is in the log, which is slower. Only after the leader has changed they are
 * handed to the new one's server, so that no retry of the client is in the time of a fail-over.
 */
public final class Ratis implements RaftContender {
    /** Its own limit is 100. */
    private static final int MAX_OUTSTANDING = 4_096;

    private static final long TRANSFER_MILLIS = 3_000;

    @Override
    public String name() {
        return "ratis";
    }

    @Override
    public String settings() {
        return "Ratis 3.3.0 over gRPC, by its asynchronous client, appenders wait for nothing; durable: segmented log, sync; in"
                + " memory: its memory log; tight: election 75 to 150 ms";
    }

    @Override
    public Group start(Mode mode, Timing timing, Path dir) throws IOException {
        return new Replicas(mode, timing, dir);
    }

    private static RaftProperties properties(Mode mode, Timing timing, Path dir, int port) {
        var properties = new RaftProperties();
        GrpcConfigKeys.Server.setPort(properties, port);
        RaftServerConfigKeys.setStorageDir(properties, List.of(dir.toFile()));
        RaftServerConfigKeys.Log.setUseMemory(properties, mode == Mode.MEMORY);
        // By default an appender rests a millisecond between any two messages.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        if (timing == Timing.TIGHT) {
            RaftServerConfigKeys.Rpc.setTimeoutMin(properties, TimeDuration.valueOf(75, TimeUnit.MILLISECONDS));
            RaftServerConfigKeys.Rpc.setTimeoutMax(properties, TimeDuration.valueOf(150, TimeUnit.MILLISECONDS));
        }
        return properties;
    }

    private static final class Replicas implements Group {
        private final RaftClient client;
        private final List<Replica> replicas = new ArrayList<>();
        private final RaftGroup group;
        private volatile int leader = -1;
        private volatile int firstLeader = -1;
        private long calls;

        Replicas(Mode mode, Timing timing, Path dir) throws IOException {
            var ports = Ports.free(REPLICAS);
            List<RaftPeer> peers = new ArrayList<>();
            for (int i = 0; i < REPLICAS; i++) {
                peers.add(RaftPeer.newBuilder()
                        .setId("r" + i)
                        .setAddress("127.0.0.1:" + ports.get(i))
                        .build());
            }
            group = RaftGroup.valueOf(RaftGroupId.randomId(), peers);
            for (int i = 0; i < REPLICAS; i++) {
                var tally = new Tally(i);
                var server = RaftServer.newBuilder()
                        .setServerId(peers.get(i).getId())
                        .setGroup(group)
                        .setProperties(properties(mode, timing, dir.resolve("replica-" + i), ports.get(i)))
                        .setStateMachine(new TallyMachine(tally))
                        .build();
                replicas.add(new Replica(server, tally));
            }
            for (var replica : replicas) {
                replica.server.start();
            }
            var properties = new RaftProperties();
            RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, MAX_OUTSTANDING);
            client = RaftClient.newBuilder()
                    .setRaftGroup(group)
                    .setProperties(properties)
                    .build();
        }

        @Override
        public void submit(byte[] value, Completion completion) {
            int target = leader >= 0 ? leader : leader();
            if (target < 0) {
                completion.done(false);
                return;
            }
            var future = target == firstLeader ? byClient(value) : atServer(replicas.get(target).server, value);
            var unused = future.whenComplete((reply, failure) -> completion.done(failure == null && reply.isSuccess()));
        }

        private CompletableFuture<RaftClientReply> byClient(byte[] value) {
            return client.async().send(Message.valueOf(UnsafeByteOperations.unsafeWrap(value)));
        }

        private CompletableFuture<RaftClientReply> atServer(RaftServer server, byte[] value) {
            var request = RaftClientRequest.newBuilder()
                    .setClientId(client.getId())
                    .setServerId(server.getId())
                    .setGroupId(group.getGroupId())
                    .setCallId(++calls)
                    .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(value)))
                    .setType(RaftClientRequest.writeRequestType())
                    .build();
            try {
                return server.submitClientRequestAsync(request);
            } catch (IOException stopped) {
                return CompletableFuture.failedFuture(stopped);
            }
        }

        @Override
        public List<Applied> applied() {
            return alive().map(replica -> replica.tally.applied()).toList();
        }

        private Stream<Replica> alive() {
            return replicas.stream().filter(replica -> !replica.isStopped);
        }

        @Override
        public int leader() {
            leader = replicas.indexOf(alive().filter(this::leads).findFirst().orElse(null));
            firstLeader = firstLeader < 0 ? leader : firstLeader;
            return leader;
        }

        private boolean leads(Replica replica) {
            try {
                return replica.server.getDivision(group.getGroupId()).getInfo().isLeaderReady();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stopSilently(int replica) {
            var stopped = replicas.get(replica);
            stopped.isStopped = true;
            new Thread(stopped::close, "stop").start(); // tells the others nothing: Ratis has no farewell
        }

        @Override
        public boolean transferLeadership(int from) {
            var old = replicas.get(from).server;
            var to = replicas.get((from + 1) % REPLICAS).server.getId();
            var request = new TransferLeadershipRequest(
                    client.getId(), old.getId(), group.getGroupId(), ++calls, to, TRANSFER_MILLIS);
            try {
                var unused = old.transferLeadershipAsync(request);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            alive().toList().forEach(Replica::close);
        }
    }

    private static final class Replica {
        private final RaftServer server;
        private final Tally tally;
        private volatile boolean isStopped;

        Replica(RaftServer server, Tally tally) {
            this.server = server;
            this.tally = tally;
        }

        void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class TallyMachine extends BaseStateMachine {
        private final Tally tally;

        TallyMachine(Tally tally) {
            this.tally = tally;
        }

        @Override
        public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
            var entry = transaction.getLogEntry();
            ByteString data = entry.getStateMachineLogEntry().getLogData();
            tally.apply(data.asReadOnlyByteBuffer());
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            return CompletableFuture.completedFuture(Message.EMPTY);
        }
    }
}
