package dev.gyre.raft.core;

import dev.gyre.raft.Mutant;
import java.util.List;

/** Bugs of the core. */
public final class CoreMutants {
    /** Each is a mistake that a Raft has been shipped with, or could have been. */
    public static final List<Mutant> ALL = List.of(
            new Mutant(
                    "vote is not written",
                    "core/Node",
                    "votedFor = candidate;\n            replica.draft().hardState();",
                    "votedFor = candidate;"),
            new Mutant(
                    "term is not written",
                    "core/Node",
                    "votedFor = newVote;\n            replica.draft().hardState();",
                    "votedFor = newVote;"),
            new Mutant("two votes in a term", "core/Node", "return votedFor.equals(candidate) || ", "return true || "),
            new Mutant(
                    "vote for a worse log",
                    "core/Elections",
                    "node.canVoteFor(request.from())\n                && request.last()",
                    "node.canVoteFor(request.from())\n                || request.last()"),
            new Mutant("vote said before it is durable", "core/Elections", "node.sendWhenDurable(", "node.sendNow("),
            new Mutant(
                    "own vote counts before it is durable",
                    "core/Candidate",
                    "node.replica().isHardStateDurable()",
                    "true"),
            new Mutant(
                    "half of the votes is a majority",
                    "core/Membership",
                    "count > nodes.size() / 2",
                    "count >= nodes.size() / 2"),
            new Mutant(
                    "joint election by the new side alone",
                    "core/Membership",
                    "&& (outgoing.isEmpty() || isMajority(outgoing, passes))",
                    ""),
            new Mutant(
                    "older term committed by count",
                    "core/Leader",
                    " && replica.log().termAt(reached) == node.term()",
                    ""),
            new Mutant(
                    "commit quorum off by one",
                    "core/Peers",
                    "sorted[(size - 1) / 2]",
                    "sorted[Math.min(size - 1, (size + 1) / 2)]"),
            new Mutant(
                    "joint commit by the new side alone",
                    "core/Peers",
                    "outgoing.isEmpty() ? reached : Math.min(reached, reachedByMajority(outgoing, value))",
                    "reached"),
            new Mutant(
                    "leader counts its own log before it is durable",
                    "core/Leader",
                    "own.ownDurable(replica.durability().index())",
                    "own.ownDurable(replica.log().lastIndex())"),
            new Mutant(
                    "match index from a refusal",
                    "core/Leader",
                    "replicator.refused(progress, reject);",
                    "progress.acknowledged(reject.previousIndex(), node.now());"),
            new Mutant(
                    "acknowledged before durable",
                    "core/Follower",
                    "node.sendWhenDurable(new Message.AppendAck",
                    "node.sendNow(new Message.AppendAck"),
            new Mutant(
                    "whole log acknowledged",
                    "core/Follower",
                    "node.term(), append.lastIndex()));",
                    "node.term(), log.lastIndex()));"),
            new Mutant(
                    "previous entry not compared",
                    "core/Follower",
                    "!log.has(previous)",
                    "previous.index() > log.lastIndex()"),
            new Mutant(
                    "contradicting entries kept",
                    "core/Follower",
                    "if (log.termAt(entry.index()) == entry.term()) {\n                return;\n            }\n            replica.truncateFrom(entry.index());",
                    "return;"),
            new Mutant(
                    "late append cuts off what follows",
                    "core/Follower",
                    "log.termAt(entry.index()) == entry.term()",
                    "false"),
            new Mutant(
                    "commit index beyond what was compared",
                    "core/Follower",
                    "Math.min(append.commitIndex(), append.lastIndex())",
                    "Math.min(append.commitIndex(), log.lastIndex())"),
            new Mutant(
                    "heartbeat commits what was not compared",
                    "core/Replicator",
                    "Math.min(node.replica().commitIndex(), progress.matchIndex());\n        progress.told",
                    "node.replica().commitIndex();\n        progress.told"),
            new Mutant(
                    "writes that were cut off vouch",
                    "core/Durability",
                    "write.logEnd = index - 1;",
                    "write.logEnd += 0;"),
            new Mutant("read without a round", "core/LeaderReads", "confirmed >= askedRound", "true"),
            new Mutant(
                    "read before the term commits",
                    "core/LeaderReads",
                    "!isTermCommitted || waiting.isEmpty()",
                    "waiting.isEmpty()"),
            new Mutant("lease without end", "core/LeaderReads", "(1 - drift)", "100"),
            new Mutant(
                    "votes in spite of a live leader",
                    "core/Node",
                    "return role instanceof Leader || withholdVotesUntilNanos - now > 0;",
                    "return false;"),
            new Mutant(
                    "lease kept during a transfer",
                    "core/LeaderReads",
                    "isLeaseAllowed = false;",
                    "isLeaseAllowed &= true;"),
            new Mutant(
                    "applied before the snapshot is restored",
                    "core/Replica",
                    "return restoreToken == 0 && !draft.isInstalling() ? commitIndex : emittedIndex;",
                    "return commitIndex;"),
            new Mutant(
                    "membership not rolled back",
                    "core/Replica",
                    "memberships.truncateFrom(index);",
                    "memberships.currentIndex();"),
            new Mutant(
                    "two membership changes at once",
                    "core/MembershipChange",
                    "|| node.replica().membership().isJoint()\n                || !node.replica().isMembershipCommitted()",
                    ""),
            new Mutant(
                    "new membership before the joint one commits",
                    "core/MembershipChange",
                    "if (!node.replica().isMembershipCommitted()) {\n            return;",
                    "if (target != null && !node.replica().isMembershipCommitted()) {\n            return;"),
            new Mutant(
                    "lost proposals are not told",
                    "core/Tenures",
                    "lost(tenure.term, Math.max(index, tenure.firstIndex), tenure.lastIndex, output);",
                    ""));

    private CoreMutants() {}
}
