package dev.gyre.raft;

import dev.gyre.core.NodeContext;
import dev.gyre.core.Promise;
import dev.gyre.raft.core.Membership;
import java.util.function.Function;

/**
 * Raft in a node: what is proposed at any node of a group is, once committed, handed to every node of it, in one order.
 *
 * <pre>{@code
 * CounterNode(NodeContext<Msg, RaftEvent<Op>> node) {
 *     raft = RaftService.embed(node, Op.class);
 * }
 * public void step(Event<Msg, RaftEvent<Op>> event, Network<Msg> network) {
 *     switch (event) {
 *         case Received(var message) -> raft.propose(Op.of(message));
 *         case Signal(Committed(var index, var term, var op, var here)) -> apply(op, here);
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>All that it says to its peers, its timers and its files are its own affair; the service around sees {@link RaftEvent}s alone. A group of which a
 * majority runs and can talk makes progress; what was committed is never lost, as long as disks keep what they have synced.
 *
 * <p>For the node's thread only.
 *
 * @param <E> the values that are replicated; they must not change once proposed
 */
public final class RaftService<E> {
    private final RaftPart part;
    private final Group<E> group;

    RaftService(RaftPart part, Group<E> group) {
        this.part = part;
        this.group = group;
    }

    /**
     * Makes a durable group of all nodes a part of a node. To be called while the node's service is made.
     *
     * @param records a sealed interface of records: the values
     * @throws dev.gyre.core.StorageException when the log on the disk is damaged, incomplete or another's: names file and offset
     */
    public static <M, E> RaftService<E> embed(NodeContext<M, RaftEvent<E>> node, Class<E> records) {
        return embed(node, RaftOptions.of(records), Function.identity());
    }

    /**
     * Makes a group a part of a node. To be called while the node's service is made.
     *
     * @param toSignal what the group has to tell, as a signal of the service around
     * @throws dev.gyre.core.StorageException when the log on the disk is damaged, incomplete or another's: names file and offset
     */
    public static <M, S, E> RaftService<E> embed(
            NodeContext<M, S> node, RaftOptions<E> options, Function<RaftEvent<E>, S> toSignal) {
        return RaftGroups.embed(node).add(options, toSignal);
    }

    /**
     * Proposes an entry. Exactly one event follows, after the present one: {@link RaftEvent.Committed} with {@code here}, {@link
     * RaftEvent.ProposalFailed}, or {@link RaftEvent.ProposalUnknown}.
     *
     * @throws IllegalArgumentException when the codec cannot encode it, or cannot decode what it has encoded
     */
    public void propose(E entry) {
        group.propose(entry);
    }

    /**
     * Asks when a read may be served here so that it is linearizable (thesis §6.4): it then sees all that was committed before it was asked for. No entry
     * is written; a quorum is asked once for all reads of a turn, and of a node that does not lead its leader.
     *
     * @return the index up to which entries were handed to the service around, and taken by it, when this is told: read now. Failed, if no leader has
     *     confirmed it within the time that proposals have; never unknown
     */
    public Promise<Long> read() {
        return part.node().guarded(group.read());
    }

    /**
     * Gives the group a snapshot of the state, so that it can drop the log before it.
     *
     * @param index the last entry that the state contains, as {@link RaftEvent.SnapshotRequested} or the last {@link RaftEvent.Committed} told it
     * @param state not changed afterwards
     * @throws IllegalArgumentException when that entry was not handed on yet
     */
    public void snapshot(long index, byte[] state) {
        group.snapshot(index, state);
    }

    /**
     * Changes who takes part, by joint consensus (thesis §4.3): any target, one change at a time. New voters catch up first. A node that is new starts
     * with {@link Membership#NONE}.
     *
     * @return the membership, once it is committed. Failed when this node does not lead, cannot now, or has given it up; unknown when it lost leadership
     *     meanwhile
     */
    public Promise<Membership> changeMembership(Membership target) {
        return part.node().guarded(group.changeMembership(target));
    }

    /**
     * Hands leadership to another voter (thesis §3.10).
     *
     * @return its name, once it leads. Failed when this node does not lead, or the other did not take over within an election timeout
     */
    public Promise<String> transferLeadership(String target) {
        return part.node().guarded(group.transferLeadership(target));
    }

    /** Whether the log was read: before that nothing is committed, and what is proposed fails. */
    public boolean isRunning() {
        return group.isRunning();
    }

    /**
     * How the group stands at this node.
     *
     * @throws IllegalStateException when the log is still being read
     */
    public RaftStatus status() {
        return group.status();
    }
}
