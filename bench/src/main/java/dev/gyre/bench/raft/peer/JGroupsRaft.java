package dev.gyre.bench.raft.peer;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Tally;
import dev.gyre.bench.raft.Timing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FlowControl;
import org.jgroups.protocols.LOCAL_PING;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.Options;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;

/**
 * jgroups-raft with the protocols of its {@code raft.xml}, over TCP instead of UDP, and without what is for clients and
 * followers that forward. Operations go to the leader's {@code RAFT} directly, by {@code setAsync}.
 */
public final class JGroupsRaft implements RaftContender {
    /** Snapshots cut its log; those of the default, each megabyte, come too often at these rates. */
    private static final long MAX_LOG_BYTES = 64 << 20;

    private static final Options NO_RESULT = Options.create(true);

    @Override
    public String name() {
        return "jgroups-raft";
    }

    @Override
    public String settings() {
        return "jgroups-raft 1.1.4.Final on TCP, raft.xml's protocols, snapshot each 64 MB; durable: FileBasedLog with fsync;"
                + " tight: VERIFY_SUSPECT 100 ms, vote time-out 100 ms";
    }

    @Override
    public Group start(Mode mode, Timing timing, Path dir) throws Exception {
        return new Replicas(mode, timing, dir);
    }

    private static final class Replicas implements Group {
        private final List<Replica> replicas = new ArrayList<>();
        private volatile int leader = -1;

        Replicas(Mode mode, Timing timing, Path dir) throws Exception {
            var cluster = "bench-" + UUID.randomUUID(); // in-memory logs are static, by name
            var ports = Ports.free(REPLICAS);
            for (int i = 0; i < REPLICAS; i++) {
                var raft = new RAFT()
                        .raftId("r" + i)
                        .members(List.of("r0", "r1", "r2"))
                        .maxLogSize(MAX_LOG_BYTES)
                        .logDir(dir.toString())
                        .logPrefix(cluster + "-" + i)
                        .logClass((mode == Mode.DURABLE ? FileBasedLog.class : InMemoryLog.class).getName())
                        .logUseFsync(mode == Mode.DURABLE);
                var replica = new Replica(new JChannel(stack(raft, ports.get(i), timing)), raft, new Tally(i));
                raft.stateMachine(replica);
                replicas.add(replica);
                replica.channel.name("r" + i).connect(cluster);
            }
        }

        private static Protocol[] stack(RAFT raft, int port, Timing timing) throws Exception {
            boolean tight = timing == Timing.TIGHT;
            var loopback = InetAddress.getLoopbackAddress();
            var election = new ELECTION();
            var verify = new VERIFY_SUSPECT().setTimeout(tight ? 100 : 1_500); // 1.5 s: that of raft.xml
            if (tight) {
                election.voteTimeout(100);
            }
            return new Protocol[] {
                new TCP().setBindAddress(loopback).setBindPort(port),
                new LOCAL_PING(),
                new MERGE3().setMinInterval(10_000).setMaxInterval(30_000),
                new FD_SOCK().setBindAddress(loopback),
                new FD_ALL3(),
                verify,
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE().setDesiredAverageGossip(50_000).setMaxBytes(4 << 20),
                new NO_DUPES(),
                new GMS().printLocalAddress(false).setJoinTimeout(2_000),
                credits(new UFC()),
                credits(new MFC()),
                new FRAG4(),
                election,
                raft
            };
        }

        private static FlowControl credits(FlowControl protocol) {
            return protocol.setMaxCredits(2_000_000).setMinThreshold(0.4);
        }

        @Override
        public void submit(byte[] value, Completion completion) {
            int target = leader >= 0 ? leader : leader();
            if (target < 0) {
                completion.done(false);
                return;
            }
            try {
                var unused = replicas.get(target)
                        .raft
                        .setAsync(value, 0, value.length, NO_RESULT)
                        .whenComplete((result, failure) -> completion.done(failure == null));
            } catch (IllegalStateException notTheLeader) {
                leader(); // the next operation may have to go elsewhere
                completion.done(false);
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
            leader = replicas.indexOf(alive().filter(replica -> replica.raft.isLeader())
                    .findFirst()
                    .orElse(null));
            return leader;
        }

        @Override
        public void stopSilently(int replica) {
            var stopped = replicas.get(replica);
            stopped.isStopped = true;
            // As when a process is killed: sockets close, and not a word is said. Closing waits for threads: elsewhere.
            new Thread(() -> stopped.kill(), "kill").start();
        }

        @Override
        public boolean transferLeadership(int from) {
            return false;
        }

        @Override
        public void close() {
            alive().toList().forEach(replica -> Util.close(replica.channel));
        }
    }

    private static final class Replica implements StateMachine {
        private final JChannel channel;
        private final RAFT raft;
        private final Tally tally;
        private volatile boolean isStopped;

        Replica(JChannel channel, RAFT raft, Tally tally) {
            this.channel = channel;
            this.raft = raft;
            this.tally = tally;
        }

        void kill() {
            try {
                Util.shutdown(channel);
            } catch (Exception e) {
                throw new IllegalStateException("the leader does not stop", e);
            }
        }

        @Override
        public byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) {
            tally.apply(data, offset, length);
            return data;
        }

        @Override
        public void readContentFrom(DataInput in) throws IOException {
            tally.install(new Applied(in.readLong(), in.readLong()));
        }

        @Override
        public void writeContentTo(DataOutput out) throws IOException {
            var applied = tally.snapshot();
            out.writeLong(applied.count());
            out.writeLong(applied.checksum());
        }
    }
}
