package dev.gyre.examples.replicated;

import static dev.gyre.core.ErrorCode.TEMPORARILY_UNAVAILABLE;
import static dev.gyre.core.ErrorCode.TIMEOUT;

import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftEvent.Committed;
import dev.gyre.raft.RaftEvent.LeaderChanged;
import dev.gyre.raft.RaftEvent.MembershipChanged;
import dev.gyre.raft.RaftEvent.ProposalFailed;
import dev.gyre.raft.RaftEvent.ProposalUnknown;
import dev.gyre.raft.RaftEvent.RestoreSnapshot;
import dev.gyre.raft.RaftEvent.SnapshotRequested;
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
            case Event.Received(var message) -> receive(message, network);
            case Event.Signal(var signal) -> follow(signal, network);
            case Event.EndOfInput() -> {}
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
            case Committed(var index, var term, var command, var here) -> serve(command, here, network);
            case ProposalFailed(var command, var why) -> network.reply(command.client(), TEMPORARILY_UNAVAILABLE, why);
            case ProposalUnknown(var command, var why) -> network.reply(command.client(), TIMEOUT, why);
            case SnapshotRequested(var index) -> raft.snapshot(index, snapshots.encode(state));
            case RestoreSnapshot(var index, var term, var bytes) -> state = snapshots.decode(bytes);
            case LeaderChanged<?> seen -> {}
            case MembershipChanged<?> seen -> {}
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
