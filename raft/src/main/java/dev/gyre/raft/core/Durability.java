package dev.gyre.raft.core;

import dev.gyre.core.InvariantViolation;
import java.util.ArrayDeque;

/** What the own storage has been told to keep, and what it is known to keep. */
final class Durability {
    /** A write that is under way, and where the log ends once it is durable. */
    private static final class Pending {
        private final long token;
        private long logEnd;

        Pending(long token, long logEnd) {
            this.token = token;
            this.logEnd = logEnd;
        }
    }

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long lastToken;
    private long durableToken;
    private long durableIndex;
    private long hardStateToken;

    /** Storage that holds the log up to {@code durableIndex}, and nothing under way. */
    Durability(long durableIndex) {
        this.durableIndex = durableIndex;
    }

    /** The log is durable, as it is in memory now, up to here. */
    long index() {
        return durableIndex;
    }

    /** The token of the latest write. */
    long lastToken() {
        return lastToken;
    }

    long durableToken() {
        return durableToken;
    }

    /** Whether all that was written is durable. */
    boolean isIdle() {
        return durableToken == lastToken;
    }

    /** Whether the hard state that was written last is durable. */
    boolean isHardStateDurable() {
        return hardStateToken <= durableToken;
    }

    /** A write begins; afterwards the log ends at {@code logEnd}. Returns its token. */
    long begin(long logEnd, boolean hasHardState) {
        lastToken++;
        pending.addLast(new Pending(lastToken, logEnd));
        if (hasHardState) {
            hardStateToken = lastToken;
        }
        return lastToken;
    }

    /** What writes under way hold from {@code index} on is about to be cut off, and vouches for nothing. */
    void truncateFrom(long index) {
        durableIndex = Math.min(durableIndex, index - 1);
        // Ends rise from write to write: what was cut off is at the end.
        var latestFirst = pending.descendingIterator();
        while (latestFirst.hasNext()) {
            var write = latestFirst.next();
            if (write.logEnd < index) {
                break;
            }
            write.logEnd = index - 1;
        }
    }

    /** A snapshot that is durable already covers the log up to {@code index}. */
    void coveredUpTo(long index) {
        durableIndex = Math.max(durableIndex, index);
    }

    /** Everything up to {@code token} is durable. */
    void persisted(long token) {
        if (token > lastToken) {
            throw new InvariantViolation("write " + token + " was reported durable; the latest one is " + lastToken);
        }
        durableToken = Math.max(durableToken, token);
        while (!pending.isEmpty() && pending.getFirst().token <= token) {
            durableIndex = Math.max(durableIndex, pending.removeFirst().logEnd);
        }
    }
}
