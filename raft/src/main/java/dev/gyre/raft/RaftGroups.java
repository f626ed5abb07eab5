package dev.gyre.raft;

import dev.gyre.core.NodeContext;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.storage.LogStorage;
import dev.gyre.raft.storage.MemoryLog;
import dev.gyre.raft.storage.RaftLog;
import dev.gyre.raft.wire.Proposal;
import dev.gyre.raft.wire.ProposalCodec;
import dev.gyre.raft.wire.RaftWire;
import java.util.function.Function;

/**
 * Several Raft groups in one node, each with its own members, leader and log. They share the links between nodes: heartbeats of all groups travel
 * together, so that many idle groups cost little more than one.
 *
 * @param <S> the signals of the service around
 */
public final class RaftGroups<S> {
    private final NodeContext<?, S> around;
    private final RaftPart part;

    private RaftGroups(NodeContext<?, S> around, RaftPart part) {
        this.around = around;
        this.part = part;
    }

    /** Makes a node ready for groups. To be called once, while the node's service is made; a node with a single group needs only {@link RaftService#embed}. */
    public static <S> RaftGroups<S> embed(NodeContext<?, S> node) {
        return new RaftGroups<>(node, node.embed(RaftWire.class, RaftPart::new));
    }

    /** The same groups for another part of the node: what is added to these tells that part. */
    public <T> RaftGroups<T> in(NodeContext<?, T> other) {
        return new RaftGroups<>(other, part);
    }

    /**
     * Adds a group.
     *
     * @param toSignal what the group has to tell, as a signal of the service around
     * @throws IllegalArgumentException when there is a group of that name
     * @throws dev.gyre.core.StorageException when the log on the disk is damaged, incomplete or another's: names file and offset
     */
    public <E> RaftService<E> add(RaftOptions<E> options, Function<RaftEvent<E>, S> toSignal) {
        var events = around.vitalSignals();
        var group = new Group<>(options, part, storage(options), event -> events.send(toSignal.apply(event)));
        part.add(group);
        return new RaftService<>(part, group);
    }

    private <E> LogStorage<Proposal<E>> storage(RaftOptions<E> options) {
        var node = part.node();
        var members = options.members().orElseGet(() -> Membership.of(node.nodeIds()));
        if (!options.durability().isDurable()) {
            return new MemoryLog<>(members);
        }
        var owner = options.group() + "/" + node.nodeId();
        var settings = options.durability().logOf(owner, members);
        return RaftLog.open(
                new PrefixedStorage(node.storage(), options.group() + "."),
                settings,
                new ProposalCodec<>(options.codec()));
    }
}
