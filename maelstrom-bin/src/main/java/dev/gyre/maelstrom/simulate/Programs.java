package dev.gyre.maelstrom.simulate;

import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.Flags;
import dev.gyre.examples.broadcast.BroadcastNode;
import dev.gyre.examples.broadcast.Options;
import dev.gyre.examples.counter.GCounterNode;
import dev.gyre.examples.counter.PnCounterNode;
import dev.gyre.examples.echo.EchoNode;
import dev.gyre.examples.gset.GSetNode;
import dev.gyre.examples.kafka.KafkaNode;
import dev.gyre.examples.linkv.LinKvProxyNode;
import dev.gyre.examples.lock.LockNode;
import dev.gyre.examples.raftkafka.RaftKafkaNode;
import dev.gyre.examples.raftkv.RaftKvNode;
import dev.gyre.examples.raftlock.RaftLockNode;
import dev.gyre.examples.rafttotals.RaftTotalsNode;
import dev.gyre.examples.rafttxn.RaftTxnNode;
import dev.gyre.examples.streamcount.StreamCountNode;
import dev.gyre.examples.txn.TxnRwRegisterNode;
import dev.gyre.examples.uniqueids.UniqueIdsNode;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** This project's nodes, by the names of their executables. */
public final class Programs {
    private static final SequencedMap<String, Function<String[], Program<?, ?>>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("echo", args -> new Program<EchoNode.Msg, Void>(EchoNode.Msg.class, node -> new EchoNode()));
        BY_NAME.put("unique-ids", args -> new Program<>(UniqueIdsNode.Msg.class, UniqueIdsNode::new));
        BY_NAME.put("broadcast", Programs::broadcast);
        BY_NAME.put("g-set", args -> new Program<>(GSetNode.Msg.class, GSetNode::new));
        BY_NAME.put("g-counter", args -> new Program<>(GCounterNode.Msg.class, GCounterNode::new));
        BY_NAME.put("pn-counter", args -> new Program<>(PnCounterNode.Msg.class, PnCounterNode::new));
        BY_NAME.put("kafka", args -> new Program<>(KafkaNode.Msg.class, KafkaNode::new));
        BY_NAME.put("kafka-raft", args -> new Program<>(RaftKafkaNode.Msg.class, RaftKafkaNode::new));
        BY_NAME.put("txn-rw-register", args -> new Program<>(TxnRwRegisterNode.Msg.class, TxnRwRegisterNode::new));
        BY_NAME.put("txn-list-append", args -> new Program<>(RaftTxnNode.Msg.class, RaftTxnNode::new));
        BY_NAME.put("lin-kv", args -> new Program<>(KvMessage.class, RaftKvNode::new));
        BY_NAME.put(
                "lin-kv-proxy", args -> new Program<KvMessage, Void>(KvMessage.class, node -> new LinKvProxyNode()));
        BY_NAME.put("lock", args -> new Program<>(LockNode.Msg.class, LockNode::new));
        BY_NAME.put("lock-raft", args -> new Program<>(LockNode.Msg.class, RaftLockNode::new));
        BY_NAME.put("totals-raft", args -> new Program<>(RaftTotalsNode.Msg.class, RaftTotalsNode::new));
        BY_NAME.put("stream-count", args -> new Program<>(StreamCountNode.Msg.class, StreamCountNode::new));
    }

    private Programs() {}

    private static Program<?, ?> broadcast(String... arguments) {
        var options = Flags.read(Options::read, arguments);
        return new Program<BroadcastNode.Msg, BroadcastNode.Signal>(
                BroadcastNode.Msg.class, node -> new BroadcastNode(node, options));
    }

    /** All names, in order. */
    public static SequencedSet<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /**
     * The program of a name; nothing when there is none.
     *
     * @param arguments what the node is started with
     * @throws IllegalArgumentException when the node does not take these arguments
     */
    public static Optional<Program<?, ?>> named(String name, List<String> arguments) {
        return Optional.ofNullable(BY_NAME.get(name)).map(make -> make.apply(arguments.toArray(String[]::new)));
    }
}
