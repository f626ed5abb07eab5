package dev.gyre.examples.replicated;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.raft.core.RaftSettings;
import java.util.function.Function;

/**
 * A replica of a state. Any node serves: what changes the state goes through the log, and a read only asks whether this replica is up to date. So
 * each request takes effect at once at some moment between its call and its answer; what was answered survives crashes.
 *
 * <p>A request whose fate is not known is answered so, and not proposed again: it could be served a second time, with others in between.
 *
 * @param <M> the messages: requests of clients, and replies
 */
public class ReplicatedNode<M, S extends State<M>> implements Service<M, RaftEvent<Command<M>>> {
    private final JsonRecords<S> snapshots;
    private final RaftService<Command<M>> raft;
    private S state;

    /** A replica in the making: its log is read, and its peers are found. */
    protected ReplicatedNode(NodeContext<M, RaftEvent<Command<M>>> node, Class<M> messages, Class<S> states, S first) {
        this(node, messages, states, first, RaftSettings.defaults());
    }

    /** A replica in the making, with other settings. */
    protected ReplicatedNode(
            NodeContext<M, RaftEvent<Command<M>>> node,
            Class<M> messages,
            Class<S> states,
            S first,
            RaftSettings settings) {
        snapshots = JsonRecords.of(states);
        state = first;
        var options = RaftOptions.of(new CommandCodec<>(messages)).settings(settings);
        raft = RaftService.embed(node, options, Function.identity());
    }

    @Override
    public final void step(Event<M, RaftEvent<Command<M>>> event, Network<M> network) {
        switch (event) {
            case Event.Received<M, RaftEvent<Command<M>>>(var message) -> receive(message, network);
            case Event.Signal<M, RaftEvent<Command<M>>>(var signal) -> follow(signal, network);
            case Event.EndOfInput<M, RaftEvent<Command<M>>> end -> {}
        }
    }

    private void receive(Message<M> message, Network<M> network) {
        var request = message.payload();
        if (state.isRead(request)) {
            raft.read().whenDone(index -> {
                index.orThrow();
                network.reply(message, state.serve(request));
            });
        } else {
            raft.propose(new Command<>(message.request(), request));
        }
    }

    private void follow(RaftEvent<Command<M>> event, Network<M> network) {
        switch (event) {
            case RaftEvent.Committed<Command<M>>(var index, var term, var command, var here) ->
                serve(command, here, network);
            case RaftEvent.ProposalFailed<Command<M>>(var command, var reason) ->
                network.reply(command.client(), ErrorCode.TEMPORARILY_UNAVAILABLE, reason);
            case RaftEvent.ProposalUnknown<Command<M>>(var command, var reason) ->
                network.reply(command.client(), ErrorCode.TIMEOUT, reason);
            case RaftEvent.SnapshotRequested<Command<M>>(var index) -> raft.snapshot(index, snapshots.encode(state));
            case RaftEvent.RestoreSnapshot<Command<M>>(var index, var term, var bytes) ->
                state = snapshots.decode(bytes);
            case RaftEvent.LeaderChanged<Command<M>> seen -> {}
            case RaftEvent.MembershipChanged<Command<M>> seen -> {}
        }
    }

    private void serve(Command<M> command, boolean here, Network<M> network) {
        try {
            var reply = state.serve(command.request());
            if (here) {
                network.reply(command.client(), reply);
            }
        } catch (RpcError refusal) {
            if (here) {
                network.reply(command.client(), refusal.code(), refusal.text());
            }
        }
    }
}
