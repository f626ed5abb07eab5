package dev.gyre.raft.core;

import dev.gyre.core.InvariantViolation;
import java.util.List;

/**
 * The replicated part of a node: its log, the memberships in it, the latest snapshot, what is committed, and what storage knows of all
 * that. Whatever changes here is gathered into the write of the step.
 */
final class Replica<E> {
    private final Compaction compaction;
    private final Log<E> log;
    private final MembershipHistory memberships;
    private final Durability durability;
    private final Tenures tenures = new Tenures();
    private final WriteDraft<E> draft = new WriteDraft<>();

    private Snapshot snapshot;
    private long commitIndex;
    /** The entries up to here were given to the host to apply. */
    private long emittedIndex;
    /** A snapshot that came from a leader: the host restores it once this write is durable. 0 for none. */
    private long restoreToken;
    /** Of entries in the log that the snapshot covers too. */
    private long coveredBytes;

    /** Of entries that were given out to apply and that no snapshot covers: what another one would cover. */
    private long appliedBytes;

    private boolean isSnapshotWanted;
    private Output<E> output = new Output<>();

    Replica(Compaction compaction, PersistedState<E> state) {
        this.compaction = compaction;
        this.snapshot = state.snapshot();
        this.log = new Log<>(snapshot.last());
        this.memberships = new MembershipHistory(snapshot);
        state.entries().forEach(this::enter);
        this.durability = new Durability(log.lastIndex());
        this.commitIndex = snapshot.last().index();
        this.emittedIndex = commitIndex;
    }

    Log<E> log() {
        return log;
    }

    WriteDraft<E> draft() {
        return draft;
    }

    Tenures tenures() {
        return tenures;
    }

    Durability durability() {
        return durability;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    long commitIndex() {
        return commitIndex;
    }

    /** What may be applied after this step: all that is committed, unless a snapshot has to be restored first. */
    long appliableIndex() {
        return restoreToken == 0 && !draft.isInstalling() ? commitIndex : emittedIndex;
    }

    boolean isHardStateDurable() {
        return !draft.hasHardState() && durability.isHardStateDurable();
    }

    // ---- memberships

    /** The one in force: the latest in the log (§4.1). */
    Membership membership() {
        return memberships.current();
    }

    boolean isMembershipCommitted() {
        return memberships.currentIndex() <= commitIndex;
    }

    Membership committedMembership() {
        return memberships.at(commitIndex);
    }

    // ---- the log

    void append(Entry<E> entry) {
        enter(entry);
        draft.append(entry.index());
        if (entry instanceof Entry.Configuration<E>(var index, var term, var membership)) {
            output.notice(new Notice.MembershipChanged(index, membership));
        }
    }

    private void enter(Entry<E> entry) {
        log.append(entry);
        if (entry instanceof Entry.Configuration<E>(var index, var term, var membership)) {
            memberships.add(index, membership);
        }
    }

    /** Drops entries that contradict the leader's. */
    void truncateFrom(long index) {
        if (index <= commitIndex) {
            throw new InvariantViolation("entry " + index + " was to be dropped, and " + commitIndex
                    + " is committed: another node lost its log");
        }
        long membershipIndex = memberships.currentIndex();
        log.truncateFrom(index);
        memberships.truncateFrom(index);
        durability.truncateFrom(index);
        draft.truncate(index);
        if (memberships.currentIndex() != membershipIndex) {
            output.notice(new Notice.MembershipChanged(memberships.currentIndex(), membership()));
        }
    }

    /** Everything up to {@code index} is committed; what was committed before stays so. */
    void commitTo(long index) {
        if (index > log.lastIndex()) {
            throw new InvariantViolation(
                    "index " + index + " was committed on the word of this node, whose log ends at " + log.lastIndex()
                            + ": was its storage lost? Remove the node, and add it as a new one");
        }
        long before = commitIndex;
        commitIndex = Math.max(commitIndex, index);
        for (long i = before + 1; i <= commitIndex && !tenures.isEmpty(); i++) {
            tenures.committed(i, log.termAt(i), output);
        }
        if (memberships.currentIndex() > before
                && isMembershipCommitted()
                && !membership().isJoint()) {
            output.notice(new Notice.MembershipSettled(memberships.currentIndex(), membership()));
        }
    }

    // ---- snapshots

    /** A complete snapshot takes the place of the whole log. */
    void install(Snapshot received) {
        snapshot = received;
        log.restartAfter(received.last());
        memberships.restart(received);
        durability.truncateFrom(1);
        tenures.replacedBySnapshot(received.last(), output);
        commitIndex = received.last().index();
        draft.install(received);
        coveredBytes = 0;
        appliedBytes = 0;
        isSnapshotWanted = false;
        output.notice(new Notice.MembershipChanged(commitIndex, received.membership()));
    }

    /** What a snapshot of the state after {@code index} stands for. */
    Snapshot snapshotAt(long index) {
        if (index > emittedIndex || index < snapshot.last().index()) {
            throw new IllegalArgumentException("a snapshot up to " + index + ": must be from that of the latest, "
                    + snapshot.last().index() + ", to the last entry given out to apply, " + emittedIndex);
        }
        return new Snapshot(new Position(index, log.termAt(index)), memberships.at(index), 0, 0);
    }

    /** The host has made a snapshot; one that is not newer than the latest changes nothing. */
    void snapshotTaken(Snapshot taken) {
        long index = taken.last().index();
        if (index <= snapshot.last().index()) {
            return;
        }
        if (!taken.equals(snapshotAt(index).withContent(taken.sizeBytes(), taken.crc32c()))) {
            throw new IllegalArgumentException("a snapshot up to " + taken.last() + " with " + taken.membership()
                    + " is not as snapshotAt told: " + snapshotAt(index));
        }
        snapshot = taken;
        memberships.forgetBefore(index);
        durability.coveredUpTo(index);
        coveredBytes = log.bytes() - log.bytesOf(index + 1, log.lastIndex());
        appliedBytes = log.bytesOf(index + 1, emittedIndex);
        isSnapshotWanted = false;
    }

    /** Drops what the snapshot covers, but for what is retained; followers that receive a snapshot hold it back for a while. */
    private void compact(List<Snapshot> snapshotsInUse) {
        long neededIndex = Long.MAX_VALUE;
        for (var sent : snapshotsInUse) {
            neededIndex = Math.min(neededIndex, sent.last().index());
        }
        long dropped = log.base().index();
        while (coveredBytes > compaction.retainedBytes()) {
            boolean isNeeded = dropped >= neededIndex;
            if (isNeeded && coveredBytes <= compaction.retainedBytes() + compaction.snapshotAfterBytes()) {
                break;
            }
            dropped++;
            coveredBytes -= log.entryAt(dropped).countedBytes();
        }
        log.dropUpTo(dropped);
    }

    // ---- a step

    void begin(Output<E> newOutput) {
        output = newOutput;
        draft.clear();
    }

    void finish(HardState hardState, List<Snapshot> snapshotsInUse) {
        if (!draft.isEmpty()) {
            long token = durability.begin(log.lastIndex(), draft.hasHardState());
            output.persist(draft.toWrite(token, hardState, log));
            restoreToken = draft.isInstalling() ? token : restoreToken;
        }
        output.waitFor(durability.lastToken());
        if (restoreToken != 0 && durability.durableToken() >= restoreToken) {
            restoreToken = 0;
            emittedIndex = snapshot.last().index();
            output.restoreFrom(snapshot);
        }
        if (appliableIndex() > emittedIndex) {
            output.apply(log.slice(emittedIndex + 1, commitIndex));
            appliedBytes += log.bytesOf(emittedIndex + 1, commitIndex);
            emittedIndex = commitIndex;
        }
        if (coveredBytes > compaction.retainedBytes()) {
            compact(snapshotsInUse);
        }
        wantSnapshot();
    }

    /** What is not applied yet does not count: a snapshot would not cover it, and whoever starts again has nothing applied. */
    private void wantSnapshot() {
        if (appliedBytes > compaction.snapshotAfterBytes() && !isSnapshotWanted) {
            isSnapshotWanted = true;
            output.notice(new Notice.SnapshotWanted(appliedBytes));
        }
    }
}
