package dev.gyre.raft.core;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Raft, as one function: {@link #step} takes what happened and the time, and returns what to do. This class tells the algorithm; the roles
 * fill it in.
 *
 * <p>Time is divided into terms, each with one leader at most (thesis §3.3). A {@link Follower} that hears from no leader asks as a
 * {@link PreCandidate} whether it could win (§9.6), then as a {@link Candidate} for votes, once a term and voter (§3.4), from those whose logs
 * are no better (§3.6.1). The {@link Leader} appends what is proposed to its log, and sends it on while its own storage writes
 * (§10.2.1). What a quorum holds durably is committed, if it is of the leader's own term (§3.6.2), and what is committed stays so
 * under every later leader. Any node applies what is committed, in order.
 *
 * <p>Not for use by several threads. The same inputs with the same times and generator give the same outputs.
 *
 * @param <E> the values that are replicated; they must not change once proposed
 */
public final class RaftCore<E> {
    private final Node<E> node;
    private final Elections<E> elections;

    /**
     * A node as it starts, or starts again, from what its storage holds.
     *
     * @param id its name among the members
     * @param sizeOf the size of a value in bytes, for limits; the same each time it is asked
     * @param random for election timeouts; another one at each node
     * @param nowNanos on the clock of this node that all later steps use
     */
    public RaftCore(
            String id,
            RaftSettings settings,
            ToIntFunction<? super E> sizeOf,
            RandomGenerator random,
            PersistedState<E> state,
            long nowNanos) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a node needs a name");
        }
        node = new Node<>(id, settings, sizeOf, random, state, nowNanos);
        elections = new Elections<>(node);
    }

    /**
     * Takes one input.
     *
     * @param nowNanos not before that of the last step
     * @throws dev.gyre.core.InvariantViolation if what Raft rests on is broken, as by storage that lost what it had: this node must stop
     */
    public Output<E> step(Input<E> input, long nowNanos) {
        node.begin(nowNanos);
        switch (input) {
            case Input.Received<E>(var message) -> received(message);
            case Input.Tick<E>() -> tick();
            case Input.Propose<E>(var values) ->
                node.output().answerWith(node.role().propose(values));
            case Input.Read<E>(var ticket) -> node.role().read(ticket);
            case Input.Persisted<E>(var token) -> persisted(token);
            case Input.TransferLeadership<E>(var target) -> answer(node.role().transferLeadership(target));
            case Input.ChangeMembership<E>(var target) -> answer(node.role().changeMembership(target));
            case Input.SnapshotTaken<E>(var snapshot) -> node.replica().snapshotTaken(snapshot);
            case Input.StorageStalled<E>() -> storageStalled();
        }
        advance();
        return node.finish();
    }

    /** When to step a {@link Input.Tick}, unless another step comes before. Messages that wait are better stepped first. */
    public long nextDeadlineNanos() {
        return node.role().deadlineNanos();
    }

    /**
     * What a snapshot of the state after {@code index} stands for, to be stored with its content, which is still to be filled in.
     *
     * @param index an entry given out to apply, and not before the latest snapshot
     */
    public Snapshot snapshotAt(long index) {
        return node.replica().snapshotAt(index);
    }

    /** The snapshots that are being sent to followers: the host keeps these, and the latest. */
    public List<Snapshot> snapshotsInUse() {
        return List.copyOf(node.role().snapshotsInUse());
    }

    /** How this node sees itself and, if it leads, the others. */
    public Status status() {
        return Status.of(node);
    }

    /** For tests of this package. */
    Node<E> node() {
        return node;
    }

    /** A message moves this node to its term, or is answered from ours, or is of this term and the business of the role (§3.3). */
    private void received(Message<E> message) {
        if (!message.to().equals(node.id())) {
            return;
        }
        switch (message) {
            case Message.RequestPreVote<E> request -> elections.preVote(request);
            // Granted for a term that nobody has entered: it must not move this node to it.
            case Message.PreVoteReply<E> reply
            when reply.granted() -> node.role().preVoteReply(reply);
            // Who hears a leader does not let another disturb it (§4.2.3).
            case Message.RequestVote<E> request
            when node.hearsLeader() && !request.isTransfer() -> elections.refuse(request);
            default -> receivedInTerm(message);
        }
    }

    private void receivedInTerm(Message<E> message) {
        if (message.term() > node.term()) {
            node.enterTerm(message.term());
        }
        if (message.term() < node.term()) {
            elections.tellTerm(message);
        } else {
            dispatch(message);
        }
    }

    private void dispatch(Message<E> message) {
        switch (message) {
            case Message.RequestVote<E> request -> elections.vote(request);
            case Message.AppendEntries<E> append -> {
                node.follow(append.from());
                node.role().appendEntries(append);
            }
            case Message.Heartbeat<E> heartbeat -> {
                node.follow(heartbeat.from());
                node.role().heartbeat(heartbeat);
            }
            case Message.InstallSnapshot<E> install -> {
                node.follow(install.from());
                node.role().installSnapshot(install);
            }
            case Message.RequestPreVote<E> request -> elections.preVote(request);
            case Message.PreVoteReply<E> reply -> node.role().preVoteReply(reply);
            case Message.VoteReply<E> reply -> node.role().voteReply(reply);
            case Message.AppendAck<E> ack -> node.role().appendAck(ack);
            case Message.AppendReject<E> reject -> node.role().appendReject(reject);
            case Message.HeartbeatAck<E> ack -> node.role().heartbeatAck(ack);
            case Message.InstallSnapshotAck<E> ack -> node.role().installSnapshotAck(ack);
            case Message.TimeoutNow<E> request -> node.role().timeoutNow(request);
            case Message.RequestReadIndex<E> request -> node.role().requestReadIndex(request);
            case Message.ReadIndexReply<E> reply -> node.role().readIndexReply(reply);
        }
    }

    private void tick() {
        if (node.now() - nextDeadlineNanos() >= 0) {
            node.role().deadlineReached();
        }
    }

    private void answer(Answer answer) {
        node.output().answerWith(answer);
    }

    private void persisted(long token) {
        node.replica().durability().persisted(token);
        node.storageStalls(false);
    }

    private void storageStalled() {
        if (!node.replica().durability().isIdle()) {
            node.storageStalls(true);
            node.role().storageStalled();
        }
    }

    /** Roles do what the input made possible: count, commit, serve, send. A new role has its own say. */
    private void advance() {
        Role<E> role;
        do {
            role = node.role();
            role.advance();
        } while (node.role() != role);
    }
}
