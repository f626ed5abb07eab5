package dev.gyre.examples.lock;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.core.kv.KvClient;
import dev.gyre.examples.Flags;

/**
 * One lock for the whole cluster, kept in {@code lin-kv} under one key, whose value is its holder or {@value #FREE}. Each
 * request is one compare-and-set, sent once.
 *
 * <p>When its reply does not come in time, the compare-and-set may have happened, or may happen yet. So the client is told
 * just that, and nothing is done about it here: to send it again could take the lock a second time, after its holder had given
 * it back; and to read and find the lock free proves nothing.
 */
public final class LockNode implements Service<LockNode.Msg, Void> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Asks for the lock. */
        record Acquire(long holder) implements Msg {}

        /** The holder has the lock. */
        record AcquireOk() implements Msg {}

        /** Gives the lock back. */
        record Release(long holder) implements Msg {}

        /** The lock is free. */
        record ReleaseOk() implements Msg {}
    }

    private static final String KEY = "lock";
    /** No holder is called that: holders are numbers. */
    private static final String FREE = "free";

    private final KvClient<String> kv;

    /** A node that keeps nothing itself: any node will do for any request, and may crash in between. */
    public LockNode(NodeContext<Msg, Void> node) {
        kv = KvClient.linKv(node, String.class);
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> network) {
        if (event instanceof Event.Received(var message)) {
            receive(message, network);
        }
    }

    private void receive(Message<Msg> message, Network<Msg> network) {
        switch (message.payload()) {
            case Msg.Acquire(long holder) ->
                kv.createOrCompareAndSet(KEY, FREE, name(holder)).whenDone(outcome -> {
                    confirm(outcome, "the lock is taken");
                    network.reply(message, new Msg.AcquireOk());
                });
            case Msg.Release(long holder) ->
                kv.compareAndSet(KEY, name(holder), FREE).whenDone(outcome -> {
                    confirm(outcome, holder + " does not hold the lock");
                    network.reply(message, new Msg.ReleaseOk());
                });
            case Msg.AcquireOk ok -> {}
            case Msg.ReleaseOk ok -> {}
        }
    }

    private static String name(long holder) {
        return Long.toString(holder);
    }

    /** Throws what the client is to be told instead of ok. A lock that nobody has ever had does not exist yet in the store. */
    private static void confirm(Outcome<String> outcome, String refusal) {
        if (outcome instanceof Outcome.Failed<String>(var error)
                && (error.code().equals(ErrorCode.PRECONDITION_FAILED)
                        || error.code().equals(ErrorCode.KEY_DOES_NOT_EXIST))) {
            throw new RpcError(ErrorCode.PRECONDITION_FAILED, refusal);
        }
        outcome.orThrow();
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, LockNode::new, Flags.none(args));
    }
}
