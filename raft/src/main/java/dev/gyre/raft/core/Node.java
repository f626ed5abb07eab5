package dev.gyre.raft.core;

import dev.gyre.core.InvariantViolation;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * What all roles share, and the owner of roles: nothing else makes one. The legal edges (thesis figure 3.3, with pre-vote):
 *
 * <pre>
 *   FOLLOWER      → PRE_CANDIDATE   no word from a leader for an election timeout, and it may campaign
 *   FOLLOWER      → CANDIDATE       the leader handed leadership over (§3.10)
 *   PRE_CANDIDATE → CANDIDATE       a quorum would vote for it (§9.6)
 *   PRE_CANDIDATE → PRE_CANDIDATE   no answer for an election timeout
 *   CANDIDATE     → PRE_CANDIDATE   no result for an election timeout
 *   CANDIDATE     → LEADER          a quorum voted for it
 *   PRE_CANDIDATE, CANDIDATE → FOLLOWER   a leader of this term spoke, or a quorum refused
 *   LEADER        → FOLLOWER        it lost touch with a quorum, left the membership, or its storage stalls
 *   any           → FOLLOWER        a higher term was seen
 * </pre>
 *
 * A term never falls, a vote in a term never changes, a commit index never falls; breaches stop the node.
 */
final class Node<E> {
    private final String id;
    private final RaftSettings settings;
    private final ToIntFunction<? super E> sizeOf;
    private final RandomGenerator random;
    private final Replica<E> replica;
    private final SnapshotReceiver<E> snapshotReceiver;

    private long term;
    private String votedFor;
    private long withholdVotesUntilNanos;
    private boolean isStorageStalled;
    private long now;
    private Role<E> role;
    private Output<E> output = new Output<>();
    private long readId;
    private Notice.LeadershipChanged known;

    Node(
            String id,
            RaftSettings settings,
            ToIntFunction<? super E> sizeOf,
            RandomGenerator random,
            PersistedState<E> state,
            long now) {
        this.id = id;
        this.settings = settings;
        this.sizeOf = sizeOf;
        this.random = random;
        this.now = now;
        this.term = state.hardState().term();
        this.votedFor = state.hardState().votedFor();
        this.replica = new Replica<>(settings.compaction(), state);
        this.snapshotReceiver = new SnapshotReceiver<>(this);
        // A late answer to a question of an earlier run must not fit one of this run.
        this.readId = random.nextLong();
        // With leases, who restarts may have promised a leader its silence, and does not know any more (§6.4.1).
        this.withholdVotesUntilNanos =
                settings.leaseDrift().isPresent() ? now + settings.timing().electionTimeoutMinNanos() : now;
        this.role = new Follower<>(this, HardState.NO_VOTE);
        this.known = leadership();
    }

    String id() {
        return id;
    }

    RaftSettings settings() {
        return settings;
    }

    /** Of a value, in bytes. */
    int sizeOf(E value) {
        return sizeOf.applyAsInt(value);
    }

    long now() {
        return now;
    }

    long term() {
        return term;
    }

    Role<E> role() {
        return role;
    }

    Output<E> output() {
        return output;
    }

    /** The log, what of it is committed, and what storage keeps of it. */
    Replica<E> replica() {
        return replica;
    }

    /** Outlives roles, so that a transfer goes on under the next leader if it offers the same snapshot. */
    SnapshotReceiver<E> snapshotReceiver() {
        return snapshotReceiver;
    }

    // ---- a step

    void begin(long nowNanos) {
        now = nowNanos;
        output = new Output<>();
        replica.begin(output);
    }

    Output<E> finish() {
        replica.finish(new HardState(term, votedFor), role.snapshotsInUse());
        boolean isKnown = known.term() == term
                && known.role() == role.name()
                && known.leader().equals(role.leader());
        if (!isKnown) {
            known = leadership();
            output.notice(known);
        }
        return output;
    }

    private Notice.LeadershipChanged leadership() {
        return new Notice.LeadershipChanged(role.name(), term, role.leader());
    }

    // ---- roles

    /** A higher term was seen. Who leads it is not known yet. */
    void enterTerm(long newTerm) {
        if (newTerm <= term) {
            throw new InvariantViolation("node " + id + " was to go from term " + term + " to " + newTerm);
        }
        become(new Follower<>(this, HardState.NO_VOTE), newTerm, HardState.NO_VOTE);
    }

    /** Gives up leading or campaigning in this term. */
    void stepDown() {
        become(new Follower<>(this, HardState.NO_VOTE), term, votedFor);
    }

    /** A leader of this term spoke: follow it, and keep its place safe for a while (§9.6, §4.2.3). */
    void follow(String leader) {
        if (role instanceof Leader) {
            throw new InvariantViolation("two leaders in term " + term + ": " + id + " and " + leader);
        }
        if (!(role instanceof Follower<E>)) {
            become(new Follower<>(this, leader), term, votedFor);
        }
        if (role instanceof Follower<E> follower) {
            follower.heardFrom(leader);
        }
        withholdVotesUntilNanos = now + settings.timing().electionTimeoutMinNanos();
    }

    void campaignBeforeTerm() {
        become(new PreCandidate<>(this), term, votedFor);
    }

    void campaign(boolean isTransfer) {
        become(new Candidate<>(this, isTransfer), term + 1, id);
    }

    void lead() {
        become(new Leader<>(this), term, votedFor);
    }

    private void become(Role<E> next, long newTerm, String newVote) {
        role.leave();
        if (newTerm != term || !newVote.equals(votedFor)) {
            term = newTerm;
            votedFor = newVote;
            replica.draft().hardState();
        }
        role = next;
        switch (next) {
            case Follower<E> follower -> follower.restartTimer();
            case PreCandidate<E> candidate -> candidate.begin();
            case Candidate<E> candidate -> candidate.begin();
            case Leader<E> leader -> leader.begin();
        }
    }

    // ---- votes

    /** Whether a leader is likely to live: then nobody is helped to replace it (§4.2.3). */
    boolean hearsLeader() {
        return role instanceof Leader || withholdVotesUntilNanos - now > 0;
    }

    boolean canVoteFor(String candidate) {
        return votedFor.equals(candidate) || votedFor.equals(HardState.NO_VOTE);
    }

    void voteFor(String candidate) {
        if (!canVoteFor(candidate)) {
            throw new InvariantViolation(
                    id + " voted for " + votedFor + " in term " + term + ", and was to vote for " + candidate + " too");
        }
        if (!votedFor.equals(candidate)) {
            votedFor = candidate;
            replica.draft().hardState();
        }
    }

    /**
     * Voters may campaign; and those that the latest membership leaves out, until they know that it is committed: they may be the only ones
     * that hold its entry (§4.2.2).
     */
    boolean mayCampaign() {
        return !isStorageStalled
                && (replica.membership().isVoter(id)
                        || replica.committedMembership().isVoter(id));
    }

    /** Whether it is the only voter: there is no leader to wait for, and nobody else's vote. */
    boolean isAlone() {
        var members = replica.membership();
        return members.voters().size() == 1
                && members.isVoter(id)
                && members.equals(replica.committedMembership())
                && members.outgoing().isEmpty();
    }

    void storageStalls(boolean stalls) {
        isStorageStalled = stalls;
    }

    /** Drawn anew each time that a timer starts, or split votes would repeat (§3.4). */
    long electionTimeoutNanos() {
        var timing = settings.timing();
        long spread = timing.electionTimeoutMaxNanos() - timing.electionTimeoutMinNanos();
        return timing.electionTimeoutMinNanos() + timing.priority() * spread + random.nextLong(spread);
    }

    /** For a question; never the same again. */
    long nextReadId() {
        return ++readId;
    }

    // ---- sending

    /** For what promises nothing, or only what is durable for certain. */
    void sendNow(Message<E> message) {
        output.sendNow(message);
    }

    /** For what speaks of the log or a vote. */
    void sendWhenDurable(Message<E> message) {
        output.sendLater(message);
    }

    /** For what speaks of the current term alone: waits for the term, and not for entries. */
    void sendWhenTermDurable(Message<E> message) {
        if (replica.isHardStateDurable()) {
            output.sendNow(message);
        } else {
            output.sendLater(message);
        }
    }
}
