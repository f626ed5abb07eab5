package dev.gyre.bench.raft.peer;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import com.alipay.sofa.jraft.rpc.impl.AbstractClientService;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.util.Endpoint;
import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Tally;
import dev.gyre.bench.raft.Timing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * SOFAJRaft over its Bolt transport on loopback. It batches the tasks that are applied and pipelines its replicators by itself.
 * Durable with RocksDB, synchronously; in memory with {@link MemoryLogStorage}, since it brings none.
 */
public final class SofaJRaft implements RaftContender {
    private static final int TIGHT_ELECTION_MILLIS = 150;

    /** Lets go of a log in memory, which would otherwise fill the heap. On disk the default, an hour, does no harm. */
    private static final int MEMORY_SNAPSHOT_SECONDS = 2;

    @Override
    public String name() {
        return "sofajraft";
    }

    @Override
    public String settings() {
        return "SOFAJRaft 1.3.15.bugfix over Bolt, no RocksDB statistics; durable: RocksDB, sync and syncMeta; in memory: our log"
                + " storage, snapshot each 2 s; tight: election 150 ms, delay up to 150 ms";
    }

    @Override
    public Group start(Mode mode, Timing timing, Path dir) throws IOException {
        return new Replicas(mode, timing, dir);
    }

    private static final class Replicas implements Group {
        private final List<Replica> replicas = new ArrayList<>();
        private volatile int leader = -1;

        Replicas(Mode mode, Timing timing, Path dir) throws IOException {
            var peers = Ports.free(REPLICAS).stream()
                    .map(port -> new PeerId("127.0.0.1", port))
                    .toList();
            for (int i = 0; i < REPLICAS; i++) {
                var tally = new Tally(i);
                var options = options(mode, timing, Files.createDirectory(dir.resolve("replica-" + i)));
                options.setFsm(new SofaStateMachine(tally));
                options.setInitialConf(new Configuration(peers));
                var peer = peers.get(i);
                var server = RaftRpcServerFactory.createRaftRpcServer(new Endpoint(peer.getIp(), peer.getPort()));
                var service = new RaftGroupService("bench", peer, options, server);
                replicas.add(new Replica(service, peer, tally));
            }
        }

        private static NodeOptions options(Mode mode, Timing timing, Path dir) {
            var raft = new RaftOptions();
            raft.setOpenStatistics(false);
            raft.setSync(true);
            raft.setSyncMeta(mode == Mode.DURABLE);
            var options = new NodeOptions();
            options.setRaftOptions(raft);
            options.setLogUri(dir.resolve("log").toString());
            options.setRaftMetaUri(dir.resolve("meta").toString());
            options.setSnapshotUri(dir.resolve("snapshot").toString());
            if (mode == Mode.MEMORY) {
                options.setSnapshotIntervalSecs(MEMORY_SNAPSHOT_SECONDS);
                options.setServiceFactory(new InMemory());
            }
            if (timing == Timing.TIGHT) {
                options.setElectionTimeoutMs(TIGHT_ELECTION_MILLIS);
                raft.setMaxElectionDelayMs(TIGHT_ELECTION_MILLIS);
            }
            return options;
        }

        @Override
        public void submit(byte[] value, Completion completion) {
            int target = leader >= 0 ? leader : leader();
            if (target < 0) {
                completion.done(false);
                return;
            }
            var task = new Task(ByteBuffer.wrap(value), status -> {
                if (!status.isOk()) {
                    leader(); // the next operation may have to go elsewhere
                }
                completion.done(status.isOk());
            });
            replicas.get(target).node.apply(task);
        }

        @Override
        public List<Applied> applied() {
            return alive().map(replica -> replica.tally.applied()).toList();
        }

        private Stream<Replica> alive() {
            return replicas.stream().filter(replica -> !replica.isCut());
        }

        @Override
        public int leader() {
            leader = replicas.indexOf(alive().filter(replica -> replica.node.isLeader())
                    .findFirst()
                    .orElse(null));
            return leader;
        }

        @Override
        public void stopSilently(int replica) {
            replicas.get(replica).cut();
        }

        @Override
        public boolean transferLeadership(int from) {
            var to = replicas.get((from + 1) % REPLICAS).peer;
            var status = replicas.get(from).node.transferLeadershipTo(to);
            if (!status.isOk()) {
                throw new IllegalStateException(status.toString());
            }
            return true;
        }

        @Override
        public void close() {
            replicas.forEach(replica -> replica.service.shutdown());
        }
    }

    private static final class Replica {
        private final RaftGroupService service;
        private final Node node;
        private final PeerId peer;
        private final Tally tally;
        private volatile boolean isCut;

        Replica(RaftGroupService service, PeerId peer, Tally tally) {
            this.service = service;
            this.peer = peer;
            this.tally = tally;
            node = service.start();
        }

        boolean isCut() {
            return isCut;
        }

        /**
         * Lets nothing out any more, and closes the server's sockets. Shutting the node down would be no crash: a leader that
         * shuts down tells a follower to take over.
         */
        void cut() {
            isCut = true;
            try {
                var client = AbstractClientService.class.getDeclaredField("rpcClient");
                client.setAccessible(true);
                client.set(((NodeImpl) node).getRpcService(), new Mute());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this version keeps its client elsewhere", e);
            }
            new Thread(() -> service.getRpcServer().shutdown(), "cut").start();
        }
    }

    private static final class InMemory extends DefaultJRaftServiceFactory {
        @Override
        public LogStorage createLogStorage(String uri, RaftOptions raftOptions) {
            return new MemoryLogStorage();
        }

        @Override
        public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions raftOptions) {
            return new MemoryMetaStorage();
        }
    }
}
