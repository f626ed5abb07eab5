package dev.gyre.raft;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Service;
import dev.gyre.raft.HostMessage.HostChange;
import dev.gyre.raft.HostMessage.HostPropose;
import dev.gyre.raft.HostMessage.HostRead;
import dev.gyre.raft.HostMessage.HostTransfer;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.core.Membership;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service with Raft groups in it: does what clients ask of it, and tells the oracle all that it is told. Its signals are actions. */
final class GroupHost implements Service<HostMessage, Runnable> {
    private static final int MAX_SNAPSHOT_DELAY_MILLIS = 100;

    private final NodeContext<HostMessage, Runnable> node;
    private final ServiceWorld world;
    private final Map<String, One> groups = new TreeMap<>();

    /** A group here. */
    private final class One {
        final HostView view;
        final GroupOracle oracle;
        final RaftService<HostPut> raft;

        One(String name, HostView view, RaftGroups<Runnable> all) {
            this.view = view;
            this.oracle = world.oracle(name);
            this.raft = all.add(options(name), event -> () -> follow(event));
        }

        One(String name, HostView view) {
            this.view = view;
            this.oracle = world.oracle(name);
            this.raft = RaftService.embed(node, options(name), event -> () -> follow(event));
        }

        private RaftOptions<HostPut> options(String name) {
            return world.plan().options(name, node.nodeId(), node.nodeIds());
        }

        // ---- what it is told

        private void follow(RaftEvent<HostPut> event) {
            switch (event) {
                case RaftEvent.Committed<HostPut>(long index, long term, var put, boolean here) ->
                    oracle.committed(view, index, term, put.id(), here);
                case RaftEvent.ProposalFailed<HostPut>(var put, var reason) -> oracle.failed(view, put.id(), reason);
                case RaftEvent.ProposalUnknown<HostPut>(var put, var reason) -> oracle.unknown(view, put.id(), reason);
                case RaftEvent.LeaderChanged<HostPut>(var role, long term, var leader) -> world.count("role " + role);
                case RaftEvent.SnapshotRequested<HostPut>(long index) -> snapshot(index);
                case RaftEvent.RestoreSnapshot<HostPut>(long index, long term, var state) -> restore(index, state);
                case RaftEvent.MembershipChanged<HostPut>(long index, var members, boolean isSettled) ->
                    world.count(isSettled ? "members settled" : "members changed");
            }
        }

        /** As long as it is that state, it need not be at once. */
        private void snapshot(long index) {
            world.count("snapshots requested");
            var state = ByteBuffer.allocate(2 * Long.BYTES + (int) (index & 63))
                    .putLong(view.state)
                    .putLong(view.index)
                    .array();
            int delay = node.random().nextInt(MAX_SNAPSHOT_DELAY_MILLIS);
            if (delay % 2 == 0) {
                raft.snapshot(index, state);
            } else {
                node.timers().after(Duration.ofMillis(delay), () -> raft.snapshot(index, state));
            }
        }

        private void restore(long index, byte[] bytes) {
            long state = ByteBuffer.wrap(bytes).getLong();
            oracle.restored(view, index, state);
            world.count("restored");
        }

        // ---- what it does

        void propose(int count, int bytes) {
            for (int i = 0; i < count; i++) {
                var put = new HostPut(world.nextId(), "x".repeat(bytes));
                oracle.proposed(view, put.id());
                raft.propose(put);
            }
        }

        void read() {
            long mark = oracle.passed();
            view.openReads++;
            raft.read().whenDone(outcome -> {
                view.openReads--;
                switch (outcome) {
                    case Outcome.Ok<Long>(var index) -> {
                        oracle.read(view, mark, index);
                        if (raft.status().appliedIndex() < index) {
                            throw new OracleViolation(view + " reads at " + index + " behind " + raft.status());
                        }
                    }
                    case Outcome.Failed<Long> failed -> {
                        world.count("reads failed");
                        if (world.isSettled()) {
                            throw new OracleViolation(view + " serves no read at last: " + failed.error());
                        }
                    }
                    case Outcome.Unknown<Long> unknown -> throw new OracleViolation("a read is unknown: " + unknown);
                }
            });
        }

        void change(Membership target) {
            raft.changeMembership(target).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok<Membership>(var members) && !members.equals(target)) {
                    throw new OracleViolation(members + " were asked to be " + target);
                }
                world.count("change " + outcome.getClass().getSimpleName());
            });
        }

        void transfer(String target) {
            raft.transferLeadership(target)
                    .whenDone(outcome ->
                            world.count("transfer " + outcome.getClass().getSimpleName()));
        }
    }

    GroupHost(NodeContext<HostMessage, Runnable> node, ServiceWorld world) {
        this.node = node;
        this.world = world;
        int life = world.born(node.nodeId(), this);
        var names = world.plan().groups();
        if (names.size() == 1) {
            var name = names.getFirst();
            groups.put(name, new One(name, new HostView(node.nodeId(), life)));
        } else {
            var all = RaftGroups.embed(node);
            names.forEach(name -> groups.put(name, new One(name, new HostView(node.nodeId(), life), all)));
        }
    }

    HostView view(String group) {
        return of(group).view;
    }

    RaftService<HostPut> raft(String group) {
        return of(group).raft;
    }

    private One of(String group) {
        var one = groups.get(group);
        if (one == null) {
            throw new IllegalArgumentException("no group " + group);
        }
        return one;
    }

    @Override
    public void step(Event<HostMessage, Runnable> event, Network<HostMessage> network) {
        switch (event) {
            case Event.Signal<HostMessage, Runnable>(var action) -> action.run();
            case Event.EndOfInput<HostMessage, Runnable> end -> {}
            case Event.Received<HostMessage, Runnable>(var message) -> take(message.payload());
        }
    }

    private void take(HostMessage message) {
        switch (message) {
            case HostPropose(var group, int count, int bytes) -> of(group).propose(count, bytes);
            case HostRead(var group, int count) -> {
                for (int i = 0; i < count; i++) {
                    of(group).read();
                }
            }
            case HostChange(var group, var voters, var learners) ->
                of(group).change(new Membership(voters, List.of(), learners));
            case HostTransfer(var group, var target) -> of(group).transfer(target);
        }
    }
}
