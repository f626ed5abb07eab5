package dev.gyre.examples.counter;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.core.kv.KvClient;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A counter that only grows, kept in {@code seq-kv}. Each node has a key of its own, named as the node is, with the sum of
 * what was added there; the value is the sum of all keys. So no two nodes ever contend for a key.
 *
 * <p><b>Adding.</b> One compare-and-set is under way at a time and carries all that has been added so far; what comes in the
 * meantime goes with the next. When an answer does not come, the node reads its key and goes on from there. A plain write
 * would not do: one that was given up may still arrive, after a later one, and undo it; a late compare-and-set fails.
 *
 * <p><b>Reading.</b> What a client of {@code seq-kv} reads may be old, but never older than the last change that it made
 * itself. So the node changes something first, and what it reads after that holds all that was added before.
 */
public final class GCounterNode implements Service<GCounterNode.Msg, GCounterNode.Signal> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Adds to the counter, at least 0. */
        record Add(long delta) implements Msg {}

        /** The delta is in the store. */
        record AddOk() implements Msg {}

        /** Asks for the counter's value. */
        record Read() implements Msg {}

        /** All that was added before the read, and perhaps some of what was added meanwhile. */
        record ReadOk(long value) implements Msg {}
    }

    /** What this node tells itself. */
    public enum Signal {
        /** It is time to look what the store holds. */
        RECOVER
    }

    private static final Duration RECOVERY_DELAY = Duration.ofMillis(100);

    private final NodeContext<Msg, Signal> node;
    private final Network<Msg> network;
    private final KvClient<Long> kv;
    /** What this node's key holds, as far as is known. */
    private long stored;
    /** What it has to hold. */
    private long total;

    private boolean hasRecovered;
    private boolean isBusy = true;
    private List<Request> waiting = new ArrayList<>();

    /** A node that goes on from what its key holds. */
    public GCounterNode(NodeContext<Msg, Signal> node) {
        this.node = node;
        this.network = node.network();
        this.kv = KvClient.seqKv(node, Long.class);
        recover();
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> net) {
        switch (event) {
            case Event.Received(var message) -> receive(message);
            case Event.Signal(var signal) -> recover();
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Add(long delta) -> add(message.request(), delta);
            case Msg.Read() -> read(message);
            case Msg.AddOk ok -> {}
            case Msg.ReadOk ok -> {}
        }
    }

    private void add(Request request, long delta) {
        if (delta < 0) {
            throw new RpcError(
                    ErrorCode.MALFORMED_REQUEST, "this counter only grows: delta is at least 0, not " + delta);
        }
        total += delta;
        waiting.add(request);
        if (!isBusy) {
            push();
        }
    }

    private void push() {
        isBusy = true;
        var served = waiting;
        waiting = new ArrayList<>();
        kv.createOrCompareAndSet(node.nodeId(), stored, total).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<Long>(Long now)) {
                served.forEach(request -> network.reply(request, new Msg.AddOk()));
                goOnFrom(now);
            } else {
                recoverLater(served);
            }
        });
    }

    private void recover() {
        kv.readOr(node.nodeId(), 0L).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<Long>(Long now)) {
                total += hasRecovered ? 0 : now;
                hasRecovered = true;
                goOnFrom(now);
            } else {
                recoverLater(waiting);
                waiting = new ArrayList<>();
            }
        });
    }

    /** Does not keep clients waiting: what they added is in the total and will be stored, but who knows when. */
    private void recoverLater(List<Request> unanswered) {
        unanswered.forEach(request -> network.reply(request, ErrorCode.TIMEOUT, "seq-kv has not confirmed it yet"));
        node.timers().after(RECOVERY_DELAY, Signal.RECOVER);
    }

    private void goOnFrom(long now) {
        stored = now;
        isBusy = false;
        if (!waiting.isEmpty() || stored != total) {
            push();
        }
    }

    private void read(Message<Msg> message) {
        // A random number is not the one that is there already, so this changes something.
        kv.write("changed-by-" + node.nodeId(), node.random().nextLong())
                .then(change -> change instanceof Outcome.Ok ? sum() : Promise.of(change))
                .whenDone(sum -> network.reply(message, new Msg.ReadOk(sum.orThrow())));
    }

    private Promise<Long> sum() {
        var counts = node.nodeIds().stream().map(id -> kv.readOr(id, 0L)).toList();
        return Promise.all(counts)
                .map(all -> all.stream().mapToLong(Outcome::orThrow).sum());
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, GCounterNode::new, Flags.none(args));
    }
}
