package dev.gyre.bench.raft.own;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Timing;
import dev.gyre.core.host.LocalHost;
import dev.gyre.core.host.LocalSender;
import dev.gyre.core.host.LocalSettings;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.RaftSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Three nodes of a {@link LocalHost}, a thread each; messages by reference, syncs of the log on the node's own thread. */
public final class GyreRaft implements RaftContender {
    /** A snapshot about as often as MicroRaft takes one by default, each 50,000 operations of 256 bytes. */
    private static final Compaction COMPACTION = new Compaction(14L << 20, 4L << 20, 256 << 10);

    @Override
    public String name() {
        return "gyre";
    }

    @Override
    public String settings() {
        return "RaftService on LocalHost, by reference, syncs inline, a snapshot each 14 MiB; default: election 150-300 ms, heartbeat 40 ms;"
                + " tight: election 40-80 ms, heartbeat 10 ms";
    }

    @Override
    public Group start(Mode mode, Timing timing, Path dir) {
        return new Replicas(mode, timing, dir);
    }

    static RaftOptions<Replica.Op> options(Mode mode, Timing timing) {
        var defaults = RaftSettings.defaults();
        var times = timing == Timing.TIGHT
                ? dev.gyre.raft.core.Timing.of(Duration.ofMillis(40), Duration.ofMillis(80), Duration.ofMillis(10))
                : defaults.timing();
        var options = RaftOptions.of(new Replica.OpCodec())
                .settings(new RaftSettings(times, defaults.limits(), COMPACTION, defaults.leaseDrift()));
        return mode == Mode.MEMORY ? options.inMemory() : options;
    }

    private static final class Replicas implements Group {
        private final LocalHost host;
        private final LocalSender<Replica.Command> sender;
        private final List<Replica.View> views =
                IntStream.range(0, REPLICAS).mapToObj(Replica.View::new).toList();
        private final ConcurrentHashMap.KeySetView<Integer, Boolean> stopped = ConcurrentHashMap.newKeySet();
        private volatile int leader;

        Replicas(Mode mode, Timing timing, Path dir) {
            host = LocalHost.of(REPLICAS, LocalSettings.defaults().dataIn(dir));
            sender = host.sender("client", Replica.Command.class);
            for (var view : views) {
                host.<Replica.Command, dev.gyre.raft.RaftEvent<Replica.Op>>start(
                        id(view.number()),
                        Replica.Command.class,
                        node -> new Replica(node, options(mode, timing), view));
            }
        }

        private static String id(int number) {
            return "n" + number;
        }

        @Override
        public void submit(byte[] value, Completion completion) {
            int target = leader;
            var op = new Replica.Op(value, completion);
            if (target < 0 || !sender.send(id(target), new Replica.Command.Submit(op))) {
                leader(); // the next operation may have to go elsewhere
                completion.done(false);
            }
        }

        @Override
        public List<Applied> applied() {
            return alive().stream().map(view -> view.tally().applied()).toList();
        }

        private List<Replica.View> alive() {
            return views.stream()
                    .filter(view -> !stopped.contains(view.number()))
                    .toList();
        }

        @Override
        public int leader() {
            leader = alive().stream()
                    .filter(Replica.View::leads)
                    .findFirst()
                    .map(Replica.View::number)
                    .orElse(-1);
            return leader;
        }

        @Override
        public void stopSilently(int replica) {
            stopped.add(replica);
            host.kill(id(replica));
        }

        @Override
        public boolean transferLeadership(int from) {
            sender.send(id(from), new Replica.Command.HandOver(id((from + 1) % REPLICAS)));
            return true;
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
