package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The members as a leader sees them, itself among them, and what a quorum of them has reached. */
final class Peers {
    private final TreeMap<String, Progress> all = new TreeMap<>();
    private List<Progress> voters = List.of();
    private List<Progress> outgoing = List.of();
    private long[] sorted = new long[0];

    /** Takes in a membership that was appended. Who is left out is still sent to, so that it learns of that. */
    void enter(Membership membership, Limits limits, long nextIndex, long now) {
        for (var member : membership.all()) {
            all.computeIfAbsent(member, name -> new Progress(name, limits, nextIndex, now));
        }
        voters = of(membership.voters());
        outgoing = of(membership.outgoing());
        sorted = new long[Math.max(voters.size(), outgoing.size())];
    }

    /** Forgets those whom a membership, now committed, leaves out. */
    void retain(Membership membership, String self) {
        all.keySet()
                .removeIf(member -> !member.equals(self) && !membership.all().contains(member));
    }

    private List<Progress> of(List<String> members) {
        List<Progress> found = new ArrayList<>();
        for (var member : members) {
            var progress = all.get(member);
            if (progress != null) {
                found.add(progress);
            }
        }
        return List.copyOf(found);
    }

    Collection<Progress> all() {
        return all.values();
    }

    @Nullable Progress find(String member) {
        return all.get(member);
    }

    /** The largest value that a quorum has reached, of both sides if joint (thesis §3.5, §4.3). */
    long reachedByQuorum(ToLongFunction<Progress> value) {
        long reached = reachedByMajority(voters, value);
        return outgoing.isEmpty() ? reached : Math.min(reached, reachedByMajority(outgoing, value));
    }

    private long reachedByMajority(List<Progress> side, ToLongFunction<Progress> value) {
        int size = side.size();
        for (int i = 0; i < size; i++) {
            sorted[i] = value.applyAsLong(side.get(i));
        }
        Arrays.sort(sorted, 0, size);
        return sorted[(size - 1) / 2];
    }
}
