package dev.gyre.raft.core;

import java.util.List;

/**
 * What a node starts from: what its storage has, or what a new node is given.
 *
 * @param snapshot the latest one; {@link Snapshot#initial} if there is none
 * @param entries those after the snapshot, in order, without a gap
 */
public record PersistedState<E>(HardState hardState, Snapshot snapshot, List<Entry<E>> entries) {
    /** A state; its entries follow its snapshot, and the term is not behind them. */
    public PersistedState {
        entries = List.copyOf(entries);
        long index = snapshot.last().index();
        long term = snapshot.last().term();
        for (var entry : entries) {
            index++;
            if (entry.index() != index || entry.term() < term) {
                throw new IllegalArgumentException(
                        "stored log: " + entry.index() + "@" + entry.term() + " stands where " + index + " of term "
                                + term + " or later is expected: storage lost or repeated a part of it");
            }
            term = entry.term();
        }
        if (term > hardState.term()) {
            throw new IllegalArgumentException("stored log: its last entry is of term " + term
                    + ", and the stored term is " + hardState.term() + ": storage lost the hard state");
        }
    }

    /** Of a node that starts for the first time, as one of the first voters of a cluster; all are given the same. */
    public static <E> PersistedState<E> bootstrap(Membership membership) {
        return new PersistedState<>(HardState.INITIAL, Snapshot.initial(membership), List.of());
    }

    /** Of a node that starts for the first time and will be added by the leader of a cluster that exists. */
    public static <E> PersistedState<E> joining() {
        return bootstrap(Membership.NONE);
    }
}
