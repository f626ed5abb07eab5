package dev.gyre.raft.core;

import java.util.TreeSet;

/** The votes of one campaign. */
final class Tally {
    private final TreeSet<String> granted = new TreeSet<>();
    private final TreeSet<String> refused = new TreeSet<>();

    void count(String voter, boolean isGranted) {
        (isGranted ? granted : refused).add(voter);
    }

    boolean isWon(Membership membership) {
        return membership.isQuorum(granted::contains);
    }

    /** Whether the others can no longer make a quorum. */
    boolean isLost(Membership membership) {
        return !membership.isQuorum(voter -> !refused.contains(voter));
    }
}
