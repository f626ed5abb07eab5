package dev.gyre.raft.core;

import java.util.Optional;

/** What else the host should know. */
public sealed interface Notice {
    /** Role, term or leader have changed. */
    record LeadershipChanged(RoleName role, long term, Optional<String> leader) implements Notice {}

    /**
     * This node no longer leads {@code term}, and what it had accepted there from {@code firstIndex} to {@code lastIndex} may still be
     * committed or not. What is committed will be among the committed entries; of the rest {@link ProposalsLost} or
     * {@link ProposalsUnknown} will tell.
     */
    record ProposalsUncertain(long term, long firstIndex, long lastIndex) implements Notice {}

    /** Other entries are committed in their place: they have not been applied and never will be. */
    record ProposalsLost(long term, long firstIndex, long lastIndex) implements Notice {}

    /** A snapshot came in their place: some may have been applied, and nothing will tell which. */
    record ProposalsUnknown(long term, long firstIndex, long lastIndex) implements Notice {}

    /** A transfer of leadership to {@code target} was given up; this node may still lead. */
    record TransferAborted(String target, String reason) implements Notice {}

    /** The membership in force is another one, because it was appended, rolled back, or came with a snapshot. */
    record MembershipChanged(long index, Membership membership) implements Notice {}

    /** A membership that is not joint is committed: the one that was asked for, or the one before it in which new voters learn. */
    record MembershipSettled(long index, Membership membership) implements Notice {}

    /** The change that this node began was given up before it was joint; new nodes may have been left as learners. */
    record MembershipChangeAborted(Membership target, String reason) implements Notice {}

    /** What was applied since the last snapshot is larger in the log than the settings want: take one. Repeated only after another has been taken. */
    record SnapshotWanted(long appliedBytes) implements Notice {}
}
