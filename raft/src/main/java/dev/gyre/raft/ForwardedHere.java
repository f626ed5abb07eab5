package dev.gyre.raft;

import dev.gyre.raft.wire.Proposal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What other nodes have handed to this one as the leader of a term.
 *
 * <p><b>At most once.</b> A message may come twice, and the copy late. A copy is taken only while this node leads the very term that the sender meant, and
 * in that term each number once. That a proposal has failed is only said where no copy of it can have been taken: it was new, and the log refused it; or
 * this node never led that term, and never will.
 */
final class ForwardedHere<E> {
    /** Who sent it, in one life of that node: tickets go up by one within it. */
    private record Sender(String node, long life) {}

    private final Map<Sender, ReplayWindow> seen = new LinkedHashMap<>();
    /** Appended here and not yet committed, by index. */
    private final TreeMap<Long, Proposal<E>> appended = new TreeMap<>();
    /** The latest term that this node may have led: in an earlier life all that it has seen. */
    private long ledTerm;

    /** @param storedTerm that this node starts from */
    ForwardedHere(long storedTerm) {
        ledTerm = storedTerm;
    }

    /** This node leads a new term. */
    void lead(long term) {
        ledTerm = term;
        seen.clear();
        appended.clear();
    }

    /** Whether nothing that was sent to the leader of a term can have been taken here, nor will be. */
    boolean neverLed(long term, long currentTerm) {
        return term > ledTerm && term < currentTerm;
    }

    /** Those of the proposals that have not come before. */
    List<Proposal<E>> fresh(String from, long life, List<Proposal<E>> proposals) {
        var window = seen.computeIfAbsent(new Sender(from, life), sender -> new ReplayWindow());
        return proposals.stream()
                .filter(proposal -> window.isNew(proposal.ticket()))
                .toList();
    }

    void appended(long index, Proposal<E> proposal) {
        appended.put(index, proposal);
    }

    void committedUpTo(long index) {
        while (!appended.isEmpty() && appended.firstKey() <= index) {
            appended.pollFirstEntry();
        }
    }

    /** These will never be committed: their senders are to know. */
    void lost(long term, long first, long last, BiConsumer<String, List<Long>> tell) {
        if (term != ledTerm) {
            return;
        }
        var range = appended.subMap(first, true, last, true);
        var tickets = new TreeMap<String, List<Long>>();
        range.values()
                .forEach(proposal -> tickets.computeIfAbsent(proposal.origin(), origin -> new ArrayList<>())
                        .add(proposal.ticket()));
        range.clear();
        tickets.forEach(tell);
    }
}
