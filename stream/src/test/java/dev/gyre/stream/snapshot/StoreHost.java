package dev.gyre.stream.snapshot;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Timing;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A node that keeps replicated snapshots and does nothing else: it does with them what it is told. */
final class StoreHost implements Service<StoreHost.Call, Runnable> {
    /** More nodes than these learn only. */
    private static final int VOTERS = 3;

    private final ReplicatedSnapshots store;

    /** What it is told. */
    sealed interface Call {
        /** To do something, and to answer with what comes of it. */
        record Ask(Function<SnapshotStore, Promise<Object>> action) implements Call {}

        /** The answer. */
        record Done(Object value) implements Call {}

        /** To do something. */
        record Run(Consumer<SnapshotStore> action) implements Call {}
    }

    StoreHost(NodeContext<Call, Runnable> node, ReplicatedSnapshots.Settings settings) {
        var ids = node.nodeIds();
        int voters = Math.min(VOTERS, ids.size());
        var members = new Membership(ids.subList(0, voters), List.of(), ids.subList(voters, ids.size()));
        var home = new SnapshotStores.Home(node, RaftGroups.embed(node), members, Timing.defaults(), true);
        store = (ReplicatedSnapshots) ReplicatedSnapshots.stores(settings).open(home);
    }

    /** What this replica has. */
    ObjectTable table() {
        return store.table();
    }

    @Override
    public void step(Event<Call, Runnable> event, Network<Call> network) {
        if (!(event instanceof Event.Received<Call, Runnable>(var message))) {
            return;
        }
        switch (message.payload()) {
            case Call.Run(var action) -> action.accept(store);
            case Call.Ask(var action) ->
                action.apply(store).whenDone(outcome -> network.reply(message, new Call.Done(outcome.orThrow())));
            case Call.Done done -> throw new AssertionError(done + " answers nothing");
        }
    }
}
