package dev.gyre.raft.core;

/** The roles of thesis §3.3, and that of pre-vote (§9.6). A learner is a follower that the membership gives no vote. */
public enum RoleName {
    /** Follows, or waits for, a leader. */
    FOLLOWER,
    /** Asks whether an election could be won. */
    PRE_CANDIDATE,
    /** Asks for votes. */
    CANDIDATE,
    /** Leads. */
    LEADER
}
