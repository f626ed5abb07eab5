package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.examples.txn.TxnRwRegisterNode.Kind;
import dev.gyre.examples.txn.TxnRwRegisterNode.Msg;
import dev.gyre.examples.txn.TxnRwRegisterNode.Op;
import dev.gyre.examples.txn.TxnRwRegisterNode.Signal;
import dev.gyre.examples.txn.TxnRwRegisterNode.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A replica of registers that offers all that it has to all others, with a flaw. */
final class RegisterReplica implements Service<Msg, Signal> {
    /** What is wrong with it. */
    enum Flaw {
        TIME_STANDS("a stamp from before what it has seen", "G0|G1c|cyclic-versions", true),
        LAST_COMES_FIRST("what comes last wins, whatever its stamp", "G0|G1c|cyclic-versions", true),
        SHOWS_INTERMEDIATE("others see writes before the transaction ends", "G1b", false),
        KEEPS_ABORTED("what a refused transaction wrote stays", "G1a", false),
        READS_LATE("writes are seen before the reads are done", "G1c|future-read", false);

        final String text;
        final String anomaly;
        final boolean isRare;

        Flaw(String text, String anomaly, boolean isRare) {
            this.text = text;
            this.anomaly = anomaly;
            this.isRare = isRare;
        }
    }

    private static final Duration OFFER_PERIOD = Duration.ofMillis(50);
    /** Longer transactions than that are refused by a replica that keeps what they wrote. */
    private static final int PATIENT_OPS = 3;

    private static final Comparator<Version> BY_STAMP =
            Comparator.comparingLong(Version::time).thenComparing(Version::node);

    private final Network<Msg> network;
    private final Flaw flaw;
    private final SortedMap<Long, Version> registers = new TreeMap<>();
    private long time;

    RegisterReplica(NodeContext<Msg, Signal> node, Flaw flaw) {
        network = node.network();
        this.flaw = flaw;
        node.timers().every(OFFER_PERIOD, Signal.REPLICATE);
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> net) {
        switch (event) {
            case Event.Signal(var signal) -> offer(registers);
            case Event.Received(var message) -> {
                switch (message.payload()) {
                    case Msg.Txn(var ops)
                    when flaw == Flaw.READS_LATE -> {
                        var written = written(ops);
                        written.forEach(this::learn);
                        offer(written);
                        network.rpc(network.neighbours().getFirst(), new Msg.Merge(written), OFFER_PERIOD)
                                .whenDone(told -> network.reply(message, new Msg.TxnOk(run(ops))));
                    }
                    case Msg.Txn(var ops) -> network.reply(message, new Msg.TxnOk(run(ops)));
                    case Msg.Merge(var theirs) -> {
                        theirs.forEach(this::learn);
                        if (flaw == Flaw.READS_LATE && message.body().msgId().isPresent()) {
                            network.reply(message, new Msg.MergeOk());
                        }
                    }
                    case Msg.TxnOk ok -> {}
                    case Msg.MergeOk ok -> {}
                }
            }
            case Event.EndOfInput() -> {}
        }
    }

    private void offer(SortedMap<Long, Version> news) {
        network.broadcast(new Msg.Merge(new TreeMap<>(news)));
    }

    private SortedMap<Long, Version> written(List<Op> ops) {
        var written = new TreeMap<Long, Version>();
        for (var op : ops) {
            if (op.kind() == Kind.WRITE && op.value() != null) {
                written.put(op.key(), new Version(op.value(), time + 1, network.nodeId()));
                if (flaw == Flaw.SHOWS_INTERMEDIATE) {
                    offer(written);
                }
            }
        }
        return written;
    }

    private List<Op> run(List<Op> ops) {
        var done = new ArrayList<Op>();
        var own = new TreeMap<Long, @Nullable Long>();
        for (var op : ops) {
            if (op.kind() == Kind.WRITE) {
                own.put(op.key(), op.value());
                done.add(op);
            } else {
                var version = registers.get(op.key());
                done.add(new Op(
                        Kind.READ,
                        op.key(),
                        own.containsKey(op.key()) ? own.get(op.key()) : version == null ? null : version.value()));
            }
        }
        if (flaw != Flaw.READS_LATE) {
            var written = written(ops);
            time += written.isEmpty() ? 0 : 1;
            written.forEach(this::learn);
        }
        if (flaw == Flaw.KEEPS_ABORTED && ops.size() > PATIENT_OPS) {
            throw new RpcError(ErrorCode.ABORT, "it takes too long");
        }
        return done;
    }

    private void learn(long key, Version version) {
        if (flaw != Flaw.TIME_STANDS) {
            time = Math.max(time, version.time());
        }
        registers.merge(
                key,
                version,
                (old, come) -> flaw == Flaw.LAST_COMES_FIRST || BY_STAMP.compare(come, old) >= 0 ? come : old);
    }
}
