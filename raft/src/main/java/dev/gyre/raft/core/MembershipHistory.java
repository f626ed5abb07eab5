package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;

/** The memberships of the log: the latest one is in force, and rolled back if its entry is cut off (thesis §4.1). */
final class MembershipHistory {
    private record Since(long index, Membership membership) {}

    /** Ascending; the first is that of the snapshot, or committed later. */
    private final List<Since> history = new ArrayList<>();

    MembershipHistory(Snapshot snapshot) {
        restart(snapshot);
    }

    Membership current() {
        return history.getLast().membership;
    }

    /** The index of the entry that brought the current one. */
    long currentIndex() {
        return history.getLast().index;
    }

    /** The one in force at {@code index}. */
    Membership at(long index) {
        int i = history.size() - 1;
        while (i > 0 && history.get(i).index > index) {
            i--;
        }
        return history.get(i).membership;
    }

    void add(long index, Membership membership) {
        history.add(new Since(index, membership));
    }

    void truncateFrom(long index) {
        while (history.size() > 1 && history.getLast().index >= index) {
            history.removeLast();
        }
    }

    /** Nothing before {@code index} will be asked for. */
    void forgetBefore(long index) {
        while (history.size() > 1 && history.get(1).index <= index) {
            history.removeFirst();
        }
    }

    void restart(Snapshot snapshot) {
        history.clear();
        add(snapshot.last().index(), snapshot.membership());
    }
}
