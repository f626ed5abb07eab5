package dev.gyre.raft.core;

import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of one member, and how it sends to it:
 *
 * <pre>
 *   PROBE      one append at a time, until one fits        → REPLICATE  it is acknowledged
 *                                                          → SNAPSHOT   the log no longer has what it needs
 *   REPLICATE  appends one after another, a bounded window → PROBE      one was refused, or none acknowledged for too long
 *   SNAPSHOT   chunks, one at a time                       → REPLICATE  it has all that the snapshot covers
 *                                                          → PROBE      the log turns out to have what it needs
 * </pre>
 *
 * The match index only rises: it says what is durable there, and moves on acknowledgements alone.
 */
final class Progress {
    /** How the leader sends. */
    enum Mode {
        PROBE,
        REPLICATE,
        SNAPSHOT
    }

    private final String member;
    private final InFlight inFlight;
    private Mode mode = Mode.PROBE;
    private long matchIndex;
    private long nextIndex;
    /** Something was sent in PROBE or SNAPSHOT, and its answer is awaited. */
    private boolean isAwaiting;

    private long movedNanos;
    /** The last round of heartbeats before that moment, and the last one of all. */
    private long movedRound;

    private long askedRound;
    private long sentCommitIndex;
    private long ackedRound;
    private boolean isActive;
    private @Nullable Snapshot snapshot;
    private long snapshotOffset;

    Progress(String member, Limits limits, long nextIndex, long now) {
        this.member = member;
        this.inFlight = new InFlight(limits);
        this.nextIndex = nextIndex;
        this.movedNanos = now;
    }

    String member() {
        return member;
    }

    Mode mode() {
        return mode;
    }

    /** Durable at the member, and equal to the leader's log. */
    long matchIndex() {
        return matchIndex;
    }

    /** The next entry to send. */
    long nextIndex() {
        return nextIndex;
    }

    InFlight inFlight() {
        return inFlight;
    }

    // ---- heard from

    void heard() {
        isActive = true;
    }

    /** Whether anything came from it since {@link #listenAnew}. */
    boolean isActive() {
        return isActive;
    }

    void listenAnew() {
        isActive = false;
    }

    long ackedRound() {
        return ackedRound;
    }

    void acked(long round) {
        ackedRound = Math.max(ackedRound, round);
    }

    /** A heartbeat of this round is sent to it. */
    void asked(long round) {
        askedRound = Math.max(askedRound, round);
    }

    private void moved(long now) {
        movedNanos = now;
        movedRound = askedRound;
    }

    // ---- appends

    boolean maySend() {
        return mode == Mode.REPLICATE ? inFlight.hasRoom() : !isAwaiting;
    }

    void sent(long lastIndex, long size, long commitIndex, long now) {
        sentCommitIndex = Math.max(sentCommitIndex, Math.min(commitIndex, lastIndex));
        if (mode == Mode.PROBE) {
            await(now);
            return;
        }
        if (inFlight.isEmpty()) {
            moved(now);
        }
        inFlight.add(lastIndex, size);
        nextIndex = lastIndex + 1;
    }

    /** This node's own log, as its storage has it. */
    void ownDurable(long index) {
        matchIndex = Math.max(matchIndex, index);
        nextIndex = matchIndex + 1;
    }

    void acknowledged(long index, long now) {
        if (index > matchIndex) {
            matchIndex = index;
            moved(now);
        }
        inFlight.acknowledged(index);
        boolean fits = switch (mode) {
            case PROBE -> index >= nextIndex - 1;
            case REPLICATE -> false;
            case SNAPSHOT -> snapshot != null && index >= snapshot.last().index();
        };
        if (fits) {
            replicate();
        }
        nextIndex = Math.max(nextIndex, matchIndex + 1);
    }

    private void replicate() {
        mode = Mode.REPLICATE;
        nextIndex = matchIndex + 1;
        isAwaiting = false;
        snapshot = null;
        inFlight.clear();
    }

    /** Whether a refusal is of what was sent last, and not a late one. */
    boolean isRefusalCurrent(long previousIndex) {
        return switch (mode) {
            case PROBE -> previousIndex == nextIndex - 1;
            case REPLICATE -> previousIndex > matchIndex;
            case SNAPSHOT -> false;
        };
    }

    void probe(long next) {
        mode = Mode.PROBE;
        nextIndex = Math.max(matchIndex + 1, next);
        isAwaiting = false;
        snapshot = null;
        inFlight.clear();
    }

    /**
     * If nothing has moved for too long, what was sent is lost: once more, one at a time. Not before a heartbeat was answered that was sent later: a
     * member that is busy with what it got would get all of it again and again, and never be done.
     */
    void retryIfStuck(long now, long patienceNanos) {
        boolean isStuck =
                (isAwaiting || !inFlight.isEmpty()) && now - movedNanos >= patienceNanos && ackedRound > movedRound;
        if (isStuck && mode == Mode.REPLICATE) {
            probe(matchIndex + 1);
        } else if (isStuck) {
            isAwaiting =
                    false; // where it was: a new leader knows no match, and would begin with the first entry of all
        }
    }

    // ---- the commit index

    /** The commit index that it may be told, if it has not been; 0 if there is none. */
    long untoldCommitIndex(long commitIndex) {
        long known = Math.min(commitIndex, matchIndex);
        return known > sentCommitIndex && inFlight.isEmpty() ? known : 0;
    }

    void toldCommitIndex(long commitIndex) {
        sentCommitIndex = Math.max(sentCommitIndex, commitIndex);
    }

    // ---- snapshots

    @Nullable Snapshot snapshot() {
        return snapshot;
    }

    long snapshotOffset() {
        return snapshotOffset;
    }

    void startSnapshot(Snapshot newSnapshot) {
        mode = Mode.SNAPSHOT;
        snapshot = newSnapshot;
        snapshotOffset = 0;
        isAwaiting = false;
        inFlight.clear();
    }

    /** It has the first {@code nextOffset} bytes of the snapshot that ends at {@code last}. */
    void snapshotAcknowledged(Position last, long nextOffset, long now) {
        if (snapshot == null || !snapshot.last().equals(last)) {
            return;
        }
        if (nextOffset >= snapshot.sizeBytes()) {
            acknowledged(last.index(), now);
        } else {
            snapshotOffset = nextOffset;
            isAwaiting = false;
        }
    }

    void await(long now) {
        isAwaiting = true;
        moved(now);
    }
}
