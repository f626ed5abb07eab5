package dev.gyre.examples.txn;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions over registers, each served at once on the replica that it comes to: always available, and read-committed.
 *
 * <p><b>Order.</b> A transaction that writes gets a stamp: a Lamport time, later than that of everything its replica has seen,
 * and the replica's id. Of two writes to a register the one with the later stamp wins, on every replica. So whatever a
 * transaction read or replaced has an earlier stamp than its own: dependencies never form a circle (no G0, no G1c), and who
 * stays with one replica never sees a register go back.
 *
 * <p><b>Committed values.</b> A transaction sees its own writes while it runs; others see the last of them for each register,
 * once it has ended (no G1b), and none of one that is refused (no G1a).
 *
 * <p><b>Replication.</b> What a transaction writes goes to each other replica, a {@link Peer}, until that confirms it.
 */
public final class TxnRwRegisterNode implements Service<TxnRwRegisterNode.Msg, TxnRwRegisterNode.Signal> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Asks for a transaction. */
        record Txn(List<Op> txn) implements Msg {}

        /** The transaction is done: its operations again, with what was read. */
        record TxnOk(List<Op> txn) implements Msg {}

        /** From replica to replica: what may be new to the receiver. */
        record Merge(SortedMap<Long, Version> registers) implements Msg {}

        /** The receiver has it. */
        record MergeOk() implements Msg {}
    }

    /** What an operation does. */
    public enum Kind {
        /** Reads a register. */
        @JsonProperty("r")
        READ,
        /** Overwrites a register. */
        @JsonProperty("w")
        WRITE
    }

    /**
     * A part of a transaction; on the wire an array such as {@code ["r", 3, null]}.
     *
     * @param value what is written or was read; none in a request to read, and of a register without a value
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Op(Kind kind, long key, @Nullable Long value) {}

    /** A value, and the stamp of the transaction that wrote it: a Lamport time and where. */
    public record Version(long value, long time, String node) {
        private static final Comparator<Version> BY_STAMP =
                Comparator.comparingLong(Version::time).thenComparing(Version::node);

        Version later(Version other) {
            return BY_STAMP.compare(this, other) >= 0 ? this : other;
        }
    }

    /** What this node tells itself. */
    public enum Signal {
        /** It is time to tell the others. */
        REPLICATE
    }

    /** Long enough to gather many transactions in a message, short enough that no client of ours minds the delay. */
    private static final Duration REPLICATION_PERIOD = Duration.ofMillis(50);

    private final Network<Msg> network;
    private final SortedMap<Long, Version> registers = new TreeMap<>();
    private final List<Peer> peers;
    private long time;

    /** A replica whose registers have no values. */
    public TxnRwRegisterNode(NodeContext<Msg, Signal> node) {
        network = node.network();
        peers = network.neighbours().stream().map(Peer::new).toList();
        node.timers().every(REPLICATION_PERIOD, Signal.REPLICATE);
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> net) {
        switch (event) {
            case Event.Received(var message) -> receive(message);
            case Event.Signal(var signal) -> peers.forEach(peer -> peer.replicate(network));
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Txn(var ops) -> network.reply(message, new Msg.TxnOk(run(ops)));
            case Msg.Merge(var theirs) -> {
                theirs.forEach(this::learn);
                network.reply(message, new Msg.MergeOk());
            }
            case Msg.TxnOk ok -> {}
            case Msg.MergeOk ok -> {}
        }
    }

    private List<Op> run(List<Op> ops) {
        var done = new ArrayList<Op>();
        var written = new TreeMap<Long, Version>();
        for (var op : ops) {
            switch (op.kind()) {
                case READ -> {
                    var version = written.getOrDefault(op.key(), registers.get(op.key()));
                    done.add(new Op(Kind.READ, op.key(), version == null ? null : version.value()));
                }
                case WRITE -> {
                    written.put(op.key(), new Version(valueOf(op), time + 1, network.nodeId()));
                    done.add(op);
                }
            }
        }
        written.forEach(this::learn);
        peers.forEach(peer -> peer.add(written));
        return done;
    }

    private static long valueOf(Op write) {
        if (write.value() == null) {
            throw new RpcError(ErrorCode.MALFORMED_REQUEST, "a write of key " + write.key() + " needs a value");
        }
        return write.value();
    }

    private void learn(long key, Version version) {
        time = Math.max(time, version.time());
        registers.merge(key, version, Version::later);
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, TxnRwRegisterNode::new, Flags.none(args));
    }
}
