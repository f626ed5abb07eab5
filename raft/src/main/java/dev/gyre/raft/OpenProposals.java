package dev.gyre.raft;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was proposed at this node and is neither committed nor given up, by its ticket. Tickets go up by one, and proposals mostly end in their order,
 * so a ring of those from the oldest open one on takes constant time and no garbage.
 */
final class OpenProposals<E> {
    private static final int INITIAL_CAPACITY = 64;

    /** How far a proposal has come. */
    enum Stage {
        /** It waits here; nobody else knows of it. */
        WAITING,
        /** It was sent to another node. */
        FORWARDED,
        /** It is in the log of this node, which led. */
        APPENDED
    }

    /** A proposal whose fate is open. */
    static final class Open<E> {
        final E value;
        final long deadlineNanos;
        Stage stage = Stage.WAITING;
        /** Where it stands, if it was appended. */
        long term;

        long index;

        Open(E value, long deadlineNanos) {
            this.value = value;
            this.deadlineNanos = deadlineNanos;
        }
    }

    // Holds what add() puts there.
    @SuppressWarnings("unchecked")
    private @Nullable Open<E>[] ring = (Open<E>[]) new Open<?>[INITIAL_CAPACITY];
    /** The oldest that may be open. */
    private long first;
    /** Behind the last. */
    private long next;

    private int count;

    /** @param firstTicket the first number to give out */
    OpenProposals(long firstTicket) {
        first = firstTicket;
        next = firstTicket;
    }

    int count() {
        return count;
    }

    /** Adds one, and returns its ticket. */
    long add(E value, long deadlineNanos) {
        if (next - first == ring.length) {
            grow();
        }
        ring[slot(next)] = new Open<>(value, deadlineNanos);
        count++;
        return next++;
    }

    /** The one with a ticket, if it is open. */
    @Nullable Open<E> find(long ticket) {
        return ticket >= first && ticket < next ? ring[slot(ticket)] : null;
    }

    /** Closes one; says which it was, if it was open. */
    @Nullable Open<E> close(long ticket) {
        var open = find(ticket);
        if (open != null) {
            ring[slot(ticket)] = null;
            count--;
            while (first < next && ring[slot(first)] == null) {
                first++;
            }
        }
        return open;
    }

    /** Closes all that pass, oldest first. */
    void closeIf(Predicate<Open<E>> test, Consumer<Open<E>> closed) {
        for (long ticket = first; ticket < next; ticket++) {
            var open = find(ticket);
            if (open != null && test.test(open)) {
                close(ticket);
                closed.accept(open);
            }
        }
    }

    /** The oldest. */
    @Nullable Open<E> oldest() {
        return find(first);
    }

    /** The ticket of the oldest; {@link #next} if there is none. */
    long oldestTicket() {
        return first;
    }

    private int slot(long ticket) {
        return (int) ticket & (ring.length - 1);
    }

    // As above.
    @SuppressWarnings("unchecked")
    private void grow() {
        var wider = (@Nullable Open<E>[]) new Open<?>[ring.length * 2];
        for (long ticket = first; ticket < next; ticket++) {
            wider[(int) ticket & (wider.length - 1)] = ring[slot(ticket)];
        }
        ring = wider;
    }
}
