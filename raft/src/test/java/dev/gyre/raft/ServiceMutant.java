package dev.gyre.raft;

import java.util.List;

/** A bug to inject into the service around the core: in {@code file}, {@code code}, which must stand there once, becomes {@code bug}. */
record ServiceMutant(String name, String file, String code, String bug) {
    /** Those that the simulation is to find. */
    static final List<ServiceMutant> ALL = List.of(
            new ServiceMutant(
                    "promises leave before the sync", "Held", "if (afterToken <= durableToken) {", "if (true) {"),
            new ServiceMutant(
                    "copies of forwards are taken",
                    "ForwardedHere",
                    "window.isNew(proposal.ticket())",
                    "window.isNew(proposal.ticket()) || true"),
            new ServiceMutant(
                    "durable is told before the sync",
                    "Group",
                    "storage.write(write);",
                    "storage.write(write); part.signal(() -> step(new Input.Persisted<>(write.token())));"),
            new ServiceMutant(
                    "failed is told by whoever led the term",
                    "ForwardedHere",
                    "return term > ledTerm && term < currentTerm;",
                    "return term < currentTerm;"),
            new ServiceMutant(
                    "proposals of others are here",
                    "Proposals",
                    "return proposal.origin().equals(self) && open.close(proposal.ticket()) != null;",
                    "return open.close(proposal.ticket()) != null || !proposal.origin().equals(self);"),
            new ServiceMutant("nothing is here", "Delivery", "isOwn.test(proposal)", "false"),
            new ServiceMutant(
                    "read before the events before it are taken", "Delivery", "if (sent == 0 && items", "if (items"),
            new ServiceMutant(
                    "read that nobody confirmed",
                    "Group",
                    "reads.flush(ticket -> step(new Input.Read<>(ticket)));",
                    "reads.flush(ticket -> decided(new ReadOutcome.Ready(ticket, delivery.index())));"),
            new ServiceMutant("read that failed is forgotten", "Reads", "waiting.addAll(reads);", ""),
            new ServiceMutant(
                    "late reads are never given up",
                    "Reads",
                    "read.deadlineNanos - nowNanos <= 0",
                    "read.deadlineNanos == 0"),
            new ServiceMutant(
                    "a restored state is not told",
                    "Delivery",
                    "counters.snapshotsRestored++;\n                send(event);",
                    ""),
            new ServiceMutant(
                    "a forwarded one that is late has failed",
                    "Proposals",
                    "return one.stage == Stage.WAITING\n",
                    "return one.stage != Stage.APPENDED\n"),
            new ServiceMutant(
                    "an appended one that is late has failed",
                    "Proposals",
                    "return one.stage == Stage.WAITING\n",
                    "return one.stage != Stage.FORWARDED\n"),
            new ServiceMutant(
                    "tickets begin anew with each life",
                    "Proposals",
                    "new OpenProposals<>(1 + (node.random().nextLong(1L << 30) << 20))",
                    "new OpenProposals<>(1)"),
            new ServiceMutant("all lives are one", "Proposals", "node.random().nextLong(1L << 53)", "1"),
            new ServiceMutant(
                    "forwarded each turn", "Proposals", "        queue.clear();\n        counters", "        counters"),
            new ServiceMutant("groups share files", "RaftGroups", "options.group() + \".\"", "\"raft.\""),
            new ServiceMutant(
                    "groups share heartbeats",
                    "RaftPart",
                    "all.forEach(beat -> received(src, ofGroup(beat)))",
                    "all.forEach(beat -> groups.values().iterator().next().received(src, ofGroup(beat)))"),
            new ServiceMutant(
                    "failed because a snapshot came",
                    "Proposals",
                    "new RaftEvent.ProposalUnknown<>(value, \"a snapshot came",
                    "new RaftEvent.ProposalFailed<>(value, \"a snapshot came"),
            new ServiceMutant(
                    "a snapshot's files are named with the prefix twice",
                    "storage/SnapshotFiles",
                    "storage.rename(one.name, ",
                    "storage.rename(one.file.name(), "),
            new ServiceMutant(
                    "a snapshot is wanted of what is in the log",
                    "core/Replica",
                    "if (appliedBytes > compaction",
                    "if (log.bytes() - coveredBytes > compaction"));

    /** Beyond what the simulation sees, most often because nothing comes of it; they are run with the full list, and nobody has to find them. */
    static final List<ServiceMutant> UNSEEN = List.of(
            new ServiceMutant(
                    "entries go on from before a restored state",
                    "Group",
                    "output.restore().ifPresent(this::restore);\n        delivery.entries(output.committed());",
                    "delivery.entries(output.committed());\n        output.restore().ifPresent(this::restore);"),
            new ServiceMutant(
                    "forwarded in one term and taken in another",
                    "Proposals",
                    "leadership.role() == RoleName.LEADER && leadership.term() == forward.term();",
                    "leadership.role() == RoleName.LEADER;"),
            new ServiceMutant(
                    "failed is told by whoever led the term in an earlier life",
                    "Proposals",
                    "new ForwardedHere<>(storedTerm)",
                    "new ForwardedHere<>(0)"),
            new ServiceMutant(
                    "a snapshot is told to be taken before the sync",
                    "Group",
                    "taken.add(snapshot);",
                    "taken.add(snapshot); part.signal(() -> step(new Input.SnapshotTaken<>(snapshot)));"),
            new ServiceMutant(
                    "a round's last entry is left out",
                    "Delivery",
                    "return list.next == list.entries.size();",
                    "list.next += sent >= part.roundMax() ? 1 : 0;\n        return list.next >= list.entries.size();"),
            new ServiceMutant(
                    "who handed on what is lost is not told",
                    "Proposals",
                    "(origin, tickets) -> tellFailed(origin, tickets, \"another leader's log prevailed\")",
                    "(origin, tickets) -> {}"));
}
