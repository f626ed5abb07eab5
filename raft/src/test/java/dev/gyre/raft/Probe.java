package dev.gyre.raft;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.StorageException;
import dev.gyre.raft.HostMessage.HostPropose;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.core.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A service with groups in it that writes down what it is told, for tests of one thing each. Its signals are actions. */
final class Probe implements Service<HostMessage, Runnable> {
    /** The probes of a run. */
    static final class All {
        final Map<String, Probe> byNode = new TreeMap<>();
        /** Of nodes that could not start. */
        final List<String> refusals = new ArrayList<>();

        private final List<RaftOptions<HostPut>> groups;
        /** What happens in a node before it opens its groups. */
        Consumer<NodeContext<HostMessage, Runnable>> before = node -> {};

        BiConsumer<Probe, RaftEvent<HostPut>> onEvent = (probe, event) -> {};

        All(List<RaftOptions<HostPut>> groups) {
            this.groups = groups;
        }

        Probe start(NodeContext<HostMessage, Runnable> node) {
            try {
                before.accept(node);
                var probe = new Probe(node, this);
                byNode.put(node.nodeId(), probe);
                return probe;
            } catch (StorageException refused) {
                refusals.add(refused.getMessage());
                throw refused;
            }
        }

        Probe leader() {
            return byNode.values().stream()
                    .filter(probe -> probe.raft().status().core().leadership().role() == RoleName.LEADER)
                    .reduce((one, other) -> {
                        throw new AssertionError("two lead");
                    })
                    .orElseThrow(() -> new AssertionError("nobody leads"));
        }

        Probe at(String node) {
            return byNode.values().stream()
                    .filter(probe -> probe.node.equals(node))
                    .findFirst()
                    .orElseThrow();
        }

        List<Probe> followers() {
            var leader = leader();
            return byNode.values().stream().filter(probe -> probe != leader).toList();
        }
    }

    final String node;
    final Map<String, List<Long>> committed = new TreeMap<>();
    final List<RaftEvent<HostPut>> others = new ArrayList<>();
    private final Map<String, RaftService<HostPut>> rafts = new TreeMap<>();
    private long lastId;

    private Probe(NodeContext<HostMessage, Runnable> context, All all) {
        node = context.nodeId();
        var groups = RaftGroups.embed(context);
        for (var options : all.groups) {
            List<Long> applied = new ArrayList<>();
            committed.put(options.group(), applied);
            rafts.put(options.group(), groups.add(options, event -> () -> {
                if (event instanceof RaftEvent.Committed<HostPut> entry) {
                    applied.add(entry.entry().id());
                } else {
                    others.add(event);
                }
                all.onEvent.accept(this, event);
            }));
        }
    }

    RaftService<HostPut> raft() {
        return raft(rafts.keySet().iterator().next());
    }

    RaftService<HostPut> raft(String group) {
        var raft = rafts.get(group);
        if (raft == null) {
            throw new IllegalArgumentException("no group " + group);
        }
        return raft;
    }

    long elections() {
        return others.stream()
                .filter(event -> event instanceof RaftEvent.LeaderChanged<HostPut>(var role, var term, var leader)
                        && role != RoleName.FOLLOWER
                        && role != RoleName.LEADER)
                .count();
    }

    @Override
    public void step(Event<HostMessage, Runnable> event, Network<HostMessage> network) {
        switch (event) {
            case Event.Signal<HostMessage, Runnable>(var action) -> action.run();
            case Event.EndOfInput<HostMessage, Runnable> end -> {}
            case Event.Received<HostMessage, Runnable>(var message) -> {
                if (message.payload() instanceof HostPropose(var group, int count, int bytes)) {
                    for (int i = 0; i < count; i++) {
                        raft(group).propose(new HostPut(++lastId, "x".repeat(bytes)));
                    }
                }
            }
        }
    }
}
