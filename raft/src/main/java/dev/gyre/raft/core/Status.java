package dev.gyre.raft.core;

import java.util.List;
import java.util.Optional;

/**
 * A node at one moment, for operators.
 *
 * @param durableIndex the own storage is known to hold the log up to here
 * @param logBytes of the entries in memory
 * @param members as this node sees them if it leads, else none
 */
public record Status(
        String id,
        Notice.LeadershipChanged leadership,
        long commitIndex,
        Position last,
        long durableIndex,
        long logBytes,
        Snapshot snapshot,
        Membership membership,
        List<Member> members) {
    /**
     * A member as its leader sees it.
     *
     * @param mode PROBE, REPLICATE or SNAPSHOT
     * @param matchIndex it holds the leader's log durably up to here
     * @param inFlightBytes of entries sent and not acknowledged
     * @param snapshotOffset how many bytes of a snapshot it has; 0 if none is sent
     */
    public record Member(String id, String mode, long matchIndex, long inFlightBytes, long snapshotOffset) {}

    static Status of(Node<?> node) {
        var replica = node.replica();
        List<Member> members = node.role() instanceof Leader<?> leader
                ? leader.peers().all().stream().map(Status::member).toList()
                : List.of();
        Optional<String> known = node.role().leader();
        return new Status(
                node.id(),
                new Notice.LeadershipChanged(node.role().name(), node.term(), known),
                replica.commitIndex(),
                replica.log().last(),
                replica.durability().index(),
                replica.log().bytes(),
                replica.snapshot(),
                replica.membership(),
                members);
    }

    private static Member member(Progress progress) {
        long offset = progress.snapshot() == null ? 0 : progress.snapshotOffset();
        return new Member(
                progress.member(),
                progress.mode().name(),
                progress.matchIndex(),
                progress.inFlight().bytes(),
                offset);
    }
}
