package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The fates of what this node accepted as a leader and had not committed when it stepped down.
 *
 * <p>All entries of a term were made by its leader, and a log that holds the last of them holds all of them. So one range a term is
 * enough, and the first committed entry that shows another history decides all that follow (design note 010).
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
            // Terms never fall along a log: behind an entry of a later term, none of this one can follow.
            if (term > tenure.term || (index >= tenure.firstIndex && term < tenure.term)) {
                open.remove(i);
                lost(tenure.term, Math.max(index, tenure.firstIndex), tenure.lastIndex, output);
            } else if (index >= tenure.lastIndex) {
                open.remove(i);
            } else if (index >= tenure.firstIndex) {
                open.set(i, new Tenure(term, index + 1, tenure.lastIndex));
            }
        }
    }

    /** A snapshot came in place of the log up to {@code last}. */
    void replacedBySnapshot(Position last, Output<?> output) {
        for (int i = open.size() - 1; i >= 0; i--) {
            var tenure = open.get(i);
            long behind = Math.max(tenure.firstIndex, last.index() + 1);
            if (tenure.firstIndex < behind) {
                output.notice(new Notice.ProposalsUnknown(
                        tenure.term, tenure.firstIndex, Math.min(tenure.lastIndex, last.index())));
            }
            boolean isOther =
                    last.term() > tenure.term || (last.index() >= tenure.firstIndex && last.term() < tenure.term);
            if (isOther || behind > tenure.lastIndex) {
                open.remove(i);
                lost(tenure.term, behind, tenure.lastIndex, output);
            } else {
                open.set(i, new Tenure(tenure.term, behind, tenure.lastIndex));
            }
        }
    }

    private static void lost(long term, long firstIndex, long lastIndex, Output<?> output) {
        if (firstIndex <= lastIndex) {
            output.notice(new Notice.ProposalsLost(term, firstIndex, lastIndex));
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }
}
