package dev.gyre.raft.core;

import java.util.stream.Collectors;

/** What happens, in the words of scenario files. */
final class ScenarioText {
    private ScenarioText() {}

    static String entry(Entry<String> entry) {
        String place = entry.index() + "@" + entry.term();
        return switch (entry) {
            case Entry.Data<String> data -> place + ":" + data.value();
            case Entry.NoOp<String> noOp -> place;
            case Entry.Configuration<String> change -> place + ":" + members(change.membership());
        };
    }

    static String members(Membership membership) {
        return "{" + String.join(",", membership.voters())
                + (membership.isJoint() ? " from " + String.join(",", membership.outgoing()) : "")
                + (membership.learners().isEmpty() ? "" : " learning " + String.join(",", membership.learners()))
                + "}";
    }

    static String notice(Notice notice) {
        return switch (notice) {
            case Notice.LeadershipChanged(var role, var term, var leader) ->
                "becomes " + role + " in term " + term + ", leader " + leader.orElse("unknown");
            case Notice.MembershipChanged(var index, var membership) -> "uses members " + members(membership);
            case Notice.MembershipSettled(var index, var membership) -> "settles on members " + members(membership);
            default -> notice.toString();
        };
    }

    static String message(Message<String> message) {
        String head = message.from() + " -> " + message.to() + " "
                + message.getClass().getSimpleName() + " term " + message.term();
        return head
                + switch (message) {
                    case Message.RequestPreVote<String> request -> ", last " + request.last();
                    case Message.PreVoteReply<String> reply -> reply.granted() ? ", granted" : ", refused";
                    case Message.RequestVote<String> request ->
                        ", last " + request.last() + (request.isTransfer() ? ", transfer" : "");
                    case Message.VoteReply<String> reply -> reply.granted() ? ", granted" : ", refused";
                    case Message.AppendEntries<String> append ->
                        ", after " + append.previous() + ", commit " + append.commitIndex()
                                + append.entries().stream()
                                        .map(ScenarioText::entry)
                                        .collect(Collectors.joining(" ", ": ", ""));
                    case Message.AppendAck<String> ack -> ", match " + ack.matchIndex();
                    case Message.AppendReject<String> reject ->
                        ", not " + reject.previousIndex() + ", hint " + reject.hint();
                    case Message.Heartbeat<String> heartbeat ->
                        ", commit " + heartbeat.commitIndex() + ", round " + heartbeat.round();
                    case Message.HeartbeatAck<String> ack -> ", round " + ack.round();
                    case Message.InstallSnapshot<String> install -> ", " + install.chunk();
                    case Message.InstallSnapshotAck<String> ack -> ", " + ack.last() + ", next " + ack.nextOffset();
                    case Message.TimeoutNow<String> request -> "";
                    // Identifiers of questions are random.
                    case Message.RequestReadIndex<String> request -> "";
                    case Message.ReadIndexReply<String> reply -> ", read at " + reply.readIndex();
                };
    }
}
