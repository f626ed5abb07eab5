package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows everything that has happened anywhere, and says when it must not have. The properties are those of thesis figure 3.2. */
final class Oracle {
    private record Made(Entry<Long> entry, long previousTerm) {}

    private final TreeMap<Long, String> leaders = new TreeMap<>();
    /** By term and index: log matching holds if each was made once, after the same predecessor. */
    private final TreeMap<Long, TreeMap<Long, Made>> made = new TreeMap<>();

    private final List<Entry<Long>> committed = new ArrayList<>();
    /** The state of the machine after each index. */
    private final List<Long> states = new ArrayList<>(List.of(0L));

    private final TreeSet<String> lost = new TreeSet<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static String key(long term, long index) {
        return index + "@" + term;
    }

    long commitIndex() {
        return committed.size();
    }

    long dataCommitted() {
        return committed.stream().filter(Entry.Data.class::isInstance).count();
    }

    /** That this kind of thing has happened: runs in which nothing does would all be safe. */
    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    Map<String, Long> counts() {
        return counts;
    }

    /** Election safety; and leader completeness, for who has just been elected. */
    void leads(Node<Long> node) {
        var other = leaders.putIfAbsent(node.term(), node.id());
        require(
                other == null || other.equals(node.id()),
                "election safety: term " + node.term() + " has " + other + " and " + node.id());
        var log = node.replica().log();
        if (other == null) {
            count("leaders");
            require(
                    log.lastIndex() >= commitIndex(),
                    "leader completeness: " + node.id() + " in term " + node.term() + " has " + log.last() + " and "
                            + commitIndex() + " is committed");
            for (long i = log.base().index() + 1; i <= commitIndex(); i++) {
                require(
                        log.termAt(i) == committed.get((int) i - 1).term(),
                        "leader completeness: " + node.id()
                                + " in term " + node.term() + " has " + log.entryAt(i) + ", committed is "
                                + committed.get((int) i - 1));
            }
        }
        long changes = 0;
        for (long i = Math.max(commitIndex(), log.base().index()) + 1; i <= log.lastIndex(); i++) {
            changes += log.entryAt(i) instanceof Entry.Configuration ? 1 : 0;
        }
        require(changes <= 1, changes + " membership changes are uncommitted at leader " + node.id());
    }

    /** The membership in force is the latest of the log. */
    void membership(Node<Long> node) {
        var log = node.replica().log();
        var expected = node.replica().snapshot().membership();
        for (long i = log.lastIndex(); i > log.base().index(); i--) {
            if (log.entryAt(i) instanceof Entry.Configuration<Long>(var index, var term, var membership)) {
                expected = membership;
                break;
            }
        }
        var used = node.replica().membership();
        require(used.equals(expected), node.id() + " uses " + used + ", and its log has " + expected);
    }

    /** Log matching: whoever appends this entry appends it after the same one. */
    void appended(Node<Long> node, Entry<Long> entry) {
        long previousTerm = node.replica().log().termAt(entry.index() - 1);
        var first = made.computeIfAbsent(entry.term(), term -> new TreeMap<>())
                .putIfAbsent(entry.index(), new Made(entry, previousTerm));
        require(
                first == null || (first.entry.equals(entry) && first.previousTerm == previousTerm),
                "log matching: " + node.id() + " has " + entry + " after term " + previousTerm + ", another has "
                        + first);
    }

    /** State-machine safety: at each index all apply the same. Returns the state that must result. */
    long applied(String node, Entry<Long> entry) {
        if (entry.index() == commitIndex() + 1) {
            committed.add(entry);
            count("committed " + entry.getClass().getSimpleName());
            states.add(next(states.getLast(), entry));
            require(!lost.contains(key(entry.term(), entry.index())), entry + " was said to be lost");
        }
        var expected = committed.get((int) entry.index() - 1);
        require(expected.equals(entry), "state machine safety: " + node + " applies " + entry + ", others " + expected);
        return states.get((int) entry.index());
    }

    static long next(long state, Entry<Long> entry) {
        return entry instanceof Entry.Data<Long>(var index, var term, var value, var size)
                ? state * 31 + value + index
                : state;
    }

    long stateAt(long index) {
        return states.get((int) index);
    }

    boolean isCommitted(long term, long index) {
        return index <= commitIndex() && committed.get((int) index - 1).term() == term;
    }

    void saidLost(long term, long index) {
        require(!isCommitted(term, index), key(term, index) + " was said to be lost, and is committed");
        lost.add(key(term, index));
    }
}
