package dev.gyre.examples.raftkv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.Flags;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftService;
import java.util.SortedMap;
import java.util.TreeMap;

/** A replica of the store. Any node serves: what changes the store goes through the log, and a read asks whether this replica is up to date. */
public final class RaftKvNode implements Service<KvMessage, RaftEvent<Op>> {
    private final SortedMap<String, JsonNode> store = new TreeMap<>();
    private final RaftService<Op> raft;

    /** A replica in the making: its log is read, and its peers are found. */
    public RaftKvNode(NodeContext<KvMessage, RaftEvent<Op>> node) {
        raft = RaftService.embed(node, Op.class);
    }

    @Override
    public void step(Event<KvMessage, RaftEvent<Op>> event, Network<KvMessage> network) {
        switch (event) {
            case Event.Received<KvMessage, RaftEvent<Op>>(var message) -> serve(message, network);
            case Event.Signal<KvMessage, RaftEvent<Op>>(var signal) -> follow(signal, network);
            case Event.EndOfInput<KvMessage, RaftEvent<Op>> end -> {}
        }
    }

    private void serve(Message<KvMessage> message, Network<KvMessage> network) {
        var client = message.request();
        switch (message.payload()) {
            case KvMessage.Read(var key) ->
                raft.read().whenDone(index -> {
                    index.orThrow();
                    network.reply(client, new KvMessage.ReadOk(valueOf(key.toString())));
                });
            case KvMessage.Write(var key, var value) -> raft.propose(new Op.Write(client, key.toString(), value));
            case KvMessage.Cas(var key, var from, var to, var create) ->
                raft.propose(new Op.Cas(client, key.toString(), from, to, create != null && create));
            default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this store is asked to read, write or cas");
        }
    }

    private JsonNode valueOf(String key) {
        var value = store.get(key);
        if (value == null) {
            throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "there is no key " + key);
        }
        return value;
    }

    private void follow(RaftEvent<Op> event, Network<KvMessage> network) {
        switch (event) {
            case RaftEvent.Committed<Op>(var index, var term, var op, var here) -> apply(op, here, network);
            case RaftEvent.ProposalFailed<Op>(var op, var reason) ->
                network.reply(op.client(), ErrorCode.TEMPORARILY_UNAVAILABLE, reason);
            case RaftEvent.ProposalUnknown<Op>(var op, var reason) ->
                network.reply(op.client(), ErrorCode.TIMEOUT, reason);
            case RaftEvent.SnapshotRequested<Op>(var index) -> raft.snapshot(index, StoreBytes.write(store));
            case RaftEvent.RestoreSnapshot<Op>(var index, var term, var state) -> StoreBytes.read(state, store);
            case RaftEvent.LeaderChanged<Op> seen -> {}
            case RaftEvent.MembershipChanged<Op> seen -> {}
        }
    }

    private void apply(Op op, boolean here, Network<KvMessage> network) {
        try {
            var answer = op.apply(store);
            if (here) {
                network.reply(op.client(), answer);
            }
        } catch (RpcError refusal) {
            if (here) {
                network.reply(op.client(), refusal.code(), refusal.text());
            }
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(KvMessage.class, RaftKvNode::new, Flags.none(args));
    }
}
