package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The fates of what this node accepted as a leader and had not committed when it stepped down.
 *
 * <p>All entries of a term were made by its leader, and a log that holds the last of them holds all of them. So one range a term is enough, and
 * the first index in it at which an entry of another term is committed decides all that follow (design note 010).
 */
final class Tenures {
    private record Tenure(long term, long firstIndex, long lastIndex) {}

    private final List<Tenure> open = new ArrayList<>();

    /** Leadership of {@code term} ends with these entries open. */
    void ended(long term, long firstIndex, long lastIndex, Output<?> output) {
        if (firstIndex <= lastIndex) {
            open.add(new Tenure(term, firstIndex, lastIndex));
            output.notice(new Notice.ProposalsUncertain(term, firstIndex, lastIndex));
        }
    }

    /** The entry at {@code index} is committed; called for each index in turn. */
    void committed(long index, long term, Output<?> output) {
        for (int i = open.size() - 1; i >= 0; i--) {
            var tenure = open.get(i);
            if (index < tenure.firstIndex) {
                continue;
            }
            if (term != tenure.term) {
                output.notice(new Notice.ProposalsLost(tenure.term, index, tenure.lastIndex));
                open.remove(i);
            } else if (index == tenure.lastIndex) {
                open.remove(i);
            } else {
                open.set(i, new Tenure(term, index + 1, tenure.lastIndex));
            }
        }
    }

    /** A snapshot came in place of the log up to {@code last}. */
    void replacedBySnapshot(Position last, Output<?> output) {
        for (int i = open.size() - 1; i >= 0; i--) {
            var tenure = open.get(i);
            if (tenure.firstIndex <= last.index()) {
                output.notice(new Notice.ProposalsUnknown(
                        tenure.term, tenure.firstIndex, Math.min(tenure.lastIndex, last.index())));
                open.remove(i);
                if (tenure.lastIndex > last.index()) {
                    rest(tenure, last, output);
                }
            }
        }
    }

    /** What lies behind the snapshot can follow only if the snapshot ends within the same term. */
    private void rest(Tenure tenure, Position last, Output<?> output) {
        if (last.term() == tenure.term) {
            open.add(new Tenure(tenure.term, last.index() + 1, tenure.lastIndex));
        } else {
            output.notice(new Notice.ProposalsLost(tenure.term, last.index() + 1, tenure.lastIndex));
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }
}
