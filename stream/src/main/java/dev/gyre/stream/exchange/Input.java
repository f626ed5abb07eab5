package dev.gyre.stream.exchange;

import java.util.ArrayDeque;

/** What one sender has sent on one edge and the intake has not taken yet, and how far that sender is. */
final class Input {
    /** No epoch has come. */
    static final long NONE = Long.MIN_VALUE;

    final int edge;
    final int sender;
    final ArrayDeque<Item> queue = new ArrayDeque<>();
    long epoch = NONE;
    boolean isIdle;
    /** It has been idle since the last marker. */
    boolean wasIdle;

    boolean isEnded;
    boolean isSuspended;
    /** It has joined with the rescale that is under way, and counts for nothing before the markers of the others are here. */
    boolean isJoining;
    /** It has sent the marker of the rescale that is under way. */
    boolean isMarked;
    /** It has sent the barrier that is being aligned, and must wait. */
    boolean isAtBarrier;

    Input(int edge, int sender) {
        this.edge = edge;
        this.sender = sender;
    }

    /** Whether its epochs are waited for. */
    boolean hasTime() {
        return !isIdle && !isEnded && !isSuspended && !isJoining;
    }

    /** Whether barriers and the like need not be waited for: as if it had sent them. */
    boolean isClosed() {
        return isEnded || isSuspended;
    }

    @Override
    public String toString() {
        return "input " + edge + " from worker " + sender
                + (epoch == NONE ? "" : " at " + epoch)
                + (queue.isEmpty()
                        ? ""
                        : " with " + queue.size() + " items, "
                                + queue.peek().getClass().getSimpleName() + " first")
                + (isIdle ? " idle" : "")
                + (isEnded ? " ended" : "")
                + (isSuspended ? " suspended" : "")
                + (isJoining ? " joining" : "")
                + (isMarked ? " marked" : "")
                + (isAtBarrier ? " at a barrier" : "");
    }
}
