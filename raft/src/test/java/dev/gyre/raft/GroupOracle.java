package dev.gyre.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Knows all that the hosts of one group were told, anywhere and at any time, and says when one was told what must not be. */
final class GroupOracle {
    private enum Fate {
        OPEN,
        COMMITTED,
        FAILED,
        UNKNOWN
    }

    private static final class Proposed {
        final HostView by;
        Fate fate = Fate.OPEN;

        Proposed(HostView by) {
            this.by = by;
        }
    }

    /** @param state of the machine behind it */
    private record Applied(long term, long id, long state) {}

    private final String name;
    private final boolean isCalm;
    private final Map<String, Long> counts;
    private final TreeMap<Long, Applied> committed = new TreeMap<>();
    private final TreeMap<Long, Long> indexOf = new TreeMap<>();
    private final TreeMap<Long, Proposed> proposed = new TreeMap<>();
    /** Some host has all up to here behind it. */
    private long passed;

    GroupOracle(String name, boolean isCalm, Map<String, Long> counts) {
        this.name = name;
        this.isCalm = isCalm;
        this.counts = counts;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new OracleViolation(name + ": " + otherwise);
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    static long next(long state, long index, long id) {
        return (state * 31 + id) * 31 + index;
    }

    long passed() {
        return passed;
    }

    private long stateAt(long index) {
        var last = committed.floorEntry(index);
        return last == null ? 0 : last.getValue().state;
    }

    // ---- what is committed

    /** A host is told of an entry: the same everywhere, in order, none left out, none twice. */
    void committed(HostView host, long index, long term, long id, boolean here) {
        require(index > host.index, host + " was told of entry " + index + " behind " + host.index);
        var skipped = committed.subMap(host.index, false, index, false);
        require(skipped.isEmpty(), host + " was told of entry " + index + ", and never of " + skipped);
        var known = committed.get(index);
        if (known == null) {
            require(
                    index > passed,
                    host + " is told of entry " + index + " first, and another host is at " + passed + " already");
            var other = indexOf.putIfAbsent(id, index);
            require(other == null, "proposal " + id + " is committed at " + other + " and at " + index);
            known = new Applied(term, id, next(host.state, index, id));
            committed.put(index, known);
            count("committed");
        }
        require(
                known.term == term && known.id == id,
                host + " was told of " + id + " of term " + term + " at " + index + ", others of " + known);
        host.state = next(host.state, index, id);
        require(host.state == known.state, host + " has another state than others behind entry " + index);
        moved(host, index);
        committedProposal(host, id, here);
    }

    private void committedProposal(HostView host, long id, boolean here) {
        var proposal = proposed.get(id);
        require(proposal != null, "proposal " + id + " is committed, and nobody made it");
        if (proposal != null) {
            require(proposal.fate != Fate.FAILED, "proposal " + id + " is committed, and was told to have failed");
            boolean isItsOwn = proposal.by == host && proposal.fate == Fate.OPEN;
            require(
                    here == isItsOwn,
                    host + " was told that " + id + " is " + (here ? "" : "not ") + "its own; it is of " + proposal.by
                            + " and " + proposal.fate);
            proposal.fate = here ? Fate.COMMITTED : proposal.fate;
        }
    }

    void restored(HostView host, long index, long state) {
        require(index >= host.index, host + " was taken back from entry " + host.index + " to " + index);
        require(state == stateAt(index), host + " was given another state than that behind entry " + index);
        count(host.index == 0 ? "restored at a start or by a new node" : "restored from a leader");
        host.state = state;
        moved(host, index);
    }

    private void moved(HostView host, long index) {
        host.index = index;
        passed = Math.max(passed, index);
    }

    // ---- proposals

    void proposed(HostView host, long id) {
        proposed.put(id, new Proposed(host));
        count("proposed");
    }

    void failed(HostView host, long id, String reason) {
        end(host, id, Fate.FAILED);
        require(!indexOf.containsKey(id), "proposal " + id + " was told to have failed, and is committed: " + reason);
        count("failed: " + general(reason));
    }

    void unknown(HostView host, long id, String reason) {
        end(host, id, Fate.UNKNOWN);
        require(!isCalm, "without any fault " + id + " is unknown at " + host + ": " + reason);
        count("unknown: " + general(reason));
    }

    private void end(HostView host, long id, Fate fate) {
        var proposal = proposed.get(id);
        require(
                proposal != null && proposal.by == host && proposal.fate == Fate.OPEN,
                host + " was told that " + id + " is " + fate + "; it was "
                        + (proposal == null ? "never proposed" : proposal.fate + " of " + proposal.by));
        if (proposal != null) {
            proposal.fate = fate;
        }
    }

    private static String general(String reason) {
        return reason.replaceAll("[0-9]+", "#");
    }

    /** All that was proposed behind {@code id} is committed where it was proposed; at as many nodes as lead, if nothing is forwarded. */
    void requireServed(long id, int leaders) {
        var asked = proposed.tailMap(id, false).values();
        long served = asked.stream()
                .filter(proposal -> proposal.fate == Fate.COMMITTED)
                .count();
        require(!asked.isEmpty(), "nothing was proposed at last");
        require(
                served == (leaders == 0 ? asked.size() : leaders),
                "of " + asked.size() + " proposals " + served + " were served at last");
    }

    /** Nothing stays open at a host that lives. */
    void requireNoneOpen(List<HostView> living) {
        List<Long> open = new ArrayList<>();
        proposed.forEach((id, proposal) -> {
            if (proposal.fate == Fate.OPEN && living.contains(proposal.by)) {
                open.add(id);
            }
        });
        require(open.isEmpty(), "proposals stay open: " + open);
    }

    // ---- reads

    /** A read that was asked for when {@code mark} had been passed is served by a host. */
    void read(HostView host, long mark, long index) {
        requireSeen(host, mark, "the read was asked for after entry ");
        requireSeen(host, index, "the read was told to be as of entry ");
        count("reads");
    }

    private void requireSeen(HostView host, long index, String why) {
        @Nullable Long last = committed.floorKey(index);
        require(last == null || last <= host.index, host + " is at " + host.index + ", and " + why + last);
    }

    // ---- at last

    void requireConverged(HostView host) {
        var last = committed.isEmpty() ? 0L : committed.lastKey();
        require(host.index >= last, host + " is at " + host.index + ", others at " + last);
        require(host.state == stateAt(last), host + " has another state at last");
    }
}
