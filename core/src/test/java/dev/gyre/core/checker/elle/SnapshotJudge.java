package dev.gyre.core.checker.elle;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says whether snapshot isolation explains a tiny history, by trying every order of starts and commits: a transaction
 * reads from the state at its start and its own writes, and may not commit if another that committed since wrote a key
 * that it writes. Snapshots may be older than real time allows (generalized snapshot isolation). A transaction that
 * writes nothing may as well commit at once, and one that reads nothing may as well start just before it commits.
 */
final class SnapshotJudge<M> {
    private final Tiny<M> kind;
    private final List<Operation<List<M>, List<M>>> history;

    /** What goes on: the committed state, which transactions have started and committed, and what blocks a commit. */
    private record State<M>(
            Store<M> committed, int started, int ended, List<Store<M>> after, List<Set<String>> block) {}

    SnapshotJudge(Tiny<M> kind, List<Operation<List<M>, List<M>>> history) {
        this.kind = kind;
        this.history = history;
    }

    boolean holds() {
        var after = Collections.nCopies(history.size(), kind.empty().get());
        return search(
                new State<>(kind.empty().get(), 0, 0, after, Collections.nCopies(history.size(), Set.<String>of())));
    }

    private boolean search(State<M> state) {
        boolean complete = true;
        for (int t = 0; t < history.size(); t++) {
            complete &= (state.ended() & 1 << t) != 0 || !history.get(t).isOk();
        }
        if (complete) {
            return true;
        }
        for (int t = 0; t < history.size(); t++) {
            boolean happens = history.get(t).isOk() || history.get(t).isUnknown();
            boolean started = (state.started() & 1 << t) != 0;
            boolean ended = (state.ended() & 1 << t) != 0;
            if (happens && !started && start(state, t)) {
                return true;
            }
            if (started && !ended && commit(state, t)) {
                return true;
            }
        }
        return false;
    }

    private boolean start(State<M> state, int t) {
        var store = state.committed().copy();
        if (!kind.replay(history.get(t), store)) {
            return false;
        }
        var after = new ArrayList<>(state.after());
        after.set(t, store);
        var block = new ArrayList<>(state.block());
        block.set(t, Set.of());
        var next = new State<>(state.committed(), state.started() | 1 << t, state.ended(), after, block);
        var written = kind.writtenKeys(history.get(t));
        boolean reads = history.get(t).input().stream().anyMatch(kind.isWrite().negate());
        return (written.isEmpty() || !reads) ? commit(next, t) : search(next);
    }

    private boolean commit(State<M> state, int t) {
        var written = kind.writtenKeys(history.get(t));
        if (!Collections.disjoint(written, state.block().get(t))) {
            return false;
        }
        var store = state.committed().copy();
        store.merge(state.after().get(t), written);
        var block = new ArrayList<Set<String>>();
        for (var keys : state.block()) {
            var more = new HashSet<>(keys);
            more.addAll(written);
            block.add(more);
        }
        return search(new State<>(store, state.started(), state.ended() | 1 << t, state.after(), block));
    }
}
