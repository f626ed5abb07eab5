package dev.gyre.raft;

import dev.gyre.core.EventSender;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.wire.Proposal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Hands the service around what there is for it, in order: committed entries, events, reads. What it is given are signals, which it takes one after
 * the other; so that there are never too many of them, a round has a bound, and the next one begins when this one has been taken and the node has
 * seen to its messages.
 */
final class Delivery<E> {
    private final EventSender<RaftEvent<E>> events;
    private final RaftPart part;
    private final Predicate<Proposal<E>> isOwn;
    private final Runnable goOn;
    private final Counters counters;
    private final ArrayDeque<Item<E>> items = new ArrayDeque<>();
    /** Events of this round that the service around may not have taken yet. */
    private int sent;

    private boolean isRoundEnding;
    private long index;

    private sealed interface Item<E> {
        /** Entries to apply, and which of them is next. */
        final class Entries<E> implements Item<E> {
            private final List<Entry<Proposal<E>>> entries;
            private int next;

            Entries(List<Entry<Proposal<E>>> entries) {
                this.entries = entries;
            }
        }

        /** Something else to tell. */
        record Told<E>(RaftEvent<E> event) implements Item<E> {}

        /** The state is to be replaced; entries go on behind this one. */
        record Restored<E>(RaftEvent.RestoreSnapshot<E> event) implements Item<E> {}

        /** A snapshot is wanted, of the state as it then is. */
        record Wanted<E>() implements Item<E> {}

        /** A read may be served when all before it was taken. */
        record Read<E>(List<Promise<Long>> promises, long index) implements Item<E> {}
    }

    /**
     * @param isOwn whether a proposal is one that this node has open; it is not any more then
     * @param goOn sees to it that {@link #pump} is called in a turn to come
     */
    Delivery(
            EventSender<RaftEvent<E>> events,
            RaftPart part,
            Predicate<Proposal<E>> isOwn,
            Runnable goOn,
            Counters counters) {
        this.events = events;
        this.part = part;
        this.isOwn = isOwn;
        this.goOn = goOn;
        this.counters = counters;
    }

    /** The last entry that was handed on. */
    long index() {
        return index;
    }

    void entries(List<Entry<Proposal<E>>> committed) {
        if (!committed.isEmpty()) {
            items.add(new Item.Entries<>(committed));
        }
    }

    void tell(RaftEvent<E> event) {
        items.add(new Item.Told<>(event));
    }

    void restore(RaftEvent.RestoreSnapshot<E> event) {
        items.add(new Item.Restored<>(event));
    }

    void wantSnapshot() {
        items.add(new Item.Wanted<>());
    }

    void read(List<Promise<Long>> promises, long readIndex) {
        items.add(new Item.Read<>(promises, readIndex));
    }

    /** Hands on what can be. */
    void pump() {
        while (!isRoundEnding && !items.isEmpty()) {
            if (sent == 0 && items.getFirst() instanceof Item.Read<E>(var promises, var readIndex)) {
                // Before it is served: whoever reads may ask for something that leads here again.
                items.removeFirst();
                promises.forEach(promise -> promise.complete(new Outcome.Ok<>(readIndex)));
                continue;
            }
            boolean isDone = hand(items.getFirst());
            if (isDone) {
                items.removeFirst();
            }
            if (!isDone || sent >= part.roundMax()) {
                endRound();
            }
        }
    }

    /** Whether all of it was handed on. */
    private boolean hand(Item<E> item) {
        switch (item) {
            case Item.Entries<E> list -> {
                return hand(list);
            }
            case Item.Told<E>(var event) -> send(event);
            case Item.Restored<E>(var event) -> {
                index = event.index();
                counters.snapshotsRestored++;
                send(event);
            }
            case Item.Wanted<E>() -> send(new RaftEvent.SnapshotRequested<>(index));
            case Item.Read<E> later -> {
                return false;
            }
        }
        return true;
    }

    private boolean hand(Item.Entries<E> list) {
        while (list.next < list.entries.size() && sent < part.roundMax()) {
            var entry = list.entries.get(list.next++);
            index = entry.index();
            if (entry instanceof Entry.Data<Proposal<E>>(var at, var term, var proposal, var size)) {
                counters.applied++;
                send(new RaftEvent.Committed<>(at, term, proposal.value(), isOwn.test(proposal)));
            }
        }
        return list.next == list.entries.size();
    }

    private void send(RaftEvent<E> event) {
        sent++;
        events.send(event);
    }

    /** Signals are taken in order: when this one comes, all before it were taken. */
    private void endRound() {
        isRoundEnding = true;
        part.signal(() -> {
            isRoundEnding = false;
            sent = 0;
            if (!items.isEmpty() && items.getFirst() instanceof Item.Read<E>) {
                pump();
            }
            if (!items.isEmpty()) {
                goOn.run();
            }
        });
    }
}
