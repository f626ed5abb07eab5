package dev.gyre.raft;

import java.util.List;

/**
 * Bugs of the service around the core.
 *
 * <p><b>One that is none:</b> to tell the core that its snapshot is taken before {@link Disk} has synced it. The core then counts its own log as durable
 * up to there; but a snapshot is of what was given out to apply, which is committed, so nothing more becomes so by that, and acknowledgements wait for
 * the write itself ({@link Held}). It forgets those entries in memory; on the disk their segments go when the snapshot is durable, which is {@code
 * RaftLog}'s own knowledge, as it is which older snapshot it must keep. It offers the snapshot to others; but content is read by the name that it gets
 * when it is durable, and until then nothing is sent and the chunk is tried again. A crash leaves the older snapshot and the entries.
 */
final class ServiceMutants {
    static final List<Mutant> ALL = List.of(
            new Mutant("promises leave before the sync", "Held", "if (afterToken <= durableToken) {", "if (true) {"),
            new Mutant(
                    "copies of forwards are taken",
                    "ForwardedHere",
                    "window.isNew(proposal.ticket())",
                    "window.isNew(proposal.ticket()) || true"),
            new Mutant(
                    "durable is told before the sync",
                    "Group",
                    "output.write().ifPresent(disk::write);",
                    "output.write().ifPresent(write -> { disk.write(write); part.signal(() -> step(new Input.Persisted<>(write.token()))); });"),
            new Mutant(
                    "failed is told by whoever led the term",
                    "ForwardedHere",
                    "return term > ledTerm && term < currentTerm;",
                    "return term < currentTerm;"),
            new Mutant(
                    "proposals of others are here",
                    "Proposals",
                    "return proposal.origin().equals(self) && open.close(proposal.ticket()) != null;",
                    "return open.close(proposal.ticket()) != null || !proposal.origin().equals(self);"),
            new Mutant("nothing is here", "Delivery", "isOwn.test(proposal)", "false"),
            new Mutant("read before the events before it are taken", "Delivery", "if (sent == 0 && items", "if (items"),
            new Mutant(
                    "read that nobody confirmed",
                    "Group",
                    "reads.flush(ticket -> step(new Input.Read<>(ticket)));",
                    "reads.flush(ticket -> decided(new ReadOutcome.Ready(ticket, delivery.index())));"),
            new Mutant("read that failed is forgotten", "Reads", "waiting.addAll(reads);", ""),
            new Mutant(
                    "late reads are never given up",
                    "Reads",
                    "read.deadlineNanos - nowNanos <= 0",
                    "read.deadlineNanos == 0"),
            new Mutant(
                    "a restored state is not told",
                    "Delivery",
                    "counters.snapshotsRestored++;\n                send(event);",
                    ""),
            new Mutant(
                    "a forwarded one that is late has failed",
                    "Proposals",
                    "return one.stage == Stage.WAITING\n",
                    "return one.stage != Stage.APPENDED\n"),
            new Mutant(
                    "an appended one that is late has failed",
                    "Proposals",
                    "return one.stage == Stage.WAITING\n",
                    "return one.stage != Stage.FORWARDED\n"),
            new Mutant(
                    "tickets begin anew with each life",
                    "Proposals",
                    "new OpenProposals<>(1 + (node.random().nextLong(1L << 30) << 20))",
                    "new OpenProposals<>(1)"),
            new Mutant("all lives are one", "Proposals", "node.random().nextLong(1L << 53)", "1"),
            new Mutant(
                    "forwarded each turn", "Proposals", "        queue.clear();\n        counters", "        counters"),
            new Mutant("groups share files", "RaftGroups", "options.group() + \".\"", "\"raft.\""),
            new Mutant(
                    "groups share heartbeats",
                    "RaftPart",
                    "all.forEach(beat -> received(src, ofGroup(beat)))",
                    "all.forEach(beat -> groups.values().iterator().next().received(src, ofGroup(beat)))"),
            new Mutant(
                    "failed because a snapshot came",
                    "Proposals",
                    "new RaftEvent.ProposalUnknown<>(value, \"a snapshot came",
                    "new RaftEvent.ProposalFailed<>(value, \"a snapshot came"),
            new Mutant(
                    "a snapshot's files are named with the prefix twice",
                    "storage/SnapshotFiles",
                    "storage.rename(one.name, ",
                    "storage.rename(one.file.name(), "),
            new Mutant(
                    "a snapshot is wanted of what is in the log",
                    "core/Replica",
                    "if (appliedBytes > compaction",
                    "if (log.bytes() - coveredBytes > compaction"),
            new Mutant(
                    "entries go on from before a restored state",
                    "Group",
                    "output.restore().ifPresent(snapshot -> delivery.restore(disk.restored(snapshot)));\n        delivery.entries(output.committed());",
                    "delivery.entries(output.committed());\n        output.restore().ifPresent(snapshot -> delivery.restore(disk.restored(snapshot)));"),
            new Mutant(
                    "forwarded in one term and taken in another",
                    "Proposals",
                    "leadership.role() == RoleName.LEADER && leadership.term() == forward.term();",
                    "leadership.role() == RoleName.LEADER;"),
            new Mutant(
                    "failed is told by whoever led the term in an earlier life",
                    "Proposals",
                    "new ForwardedHere<>(storedTerm)",
                    "new ForwardedHere<>(0)"),
            new Mutant(
                    "a round's last entry is left out",
                    "Delivery",
                    "return list.next == list.entries.size();",
                    "list.next += sent >= part.roundMax() ? 1 : 0;\n        return list.next >= list.entries.size();"),
            new Mutant(
                    "who handed on what is lost is not told",
                    "Proposals",
                    "(origin, tickets) -> tellFailed(origin, tickets, \"another leader's log prevailed\")",
                    "(origin, tickets) -> {}"));

    private ServiceMutants() {}
}
