package dev.gyre.stream;

import dev.gyre.stream.MutantHunt.Mutant;
import java.util.List;

/** Mistakes in what workers do, by the sweep that finds them. */
final class StreamMutants {
    /** Found by rescales of a job whose nodes do not fail: hand-over, order, time. */
    static final List<Mutant> OF_RESCALES = List.of(
            new Mutant(
                    "a marker goes on at the first input",
                    "exchange/Intake",
                    "inputs.stream().allMatch(other -> other.isMarked",
                    "inputs.stream().anyMatch(other -> other.isMarked"),
            new Mutant(
                    "an epoch overtakes records that are kept",
                    "exchange/HandOverHold",
                    "return !(control instanceof Item.Marker);",
                    "return !(control instanceof Item.Marker || control instanceof Item.Epoch);"),
            new Mutant(
                    "an end overtakes records that are kept",
                    "exchange/HandOverHold",
                    "return !(control instanceof Item.Marker);",
                    "return !(control instanceof Item.Marker || control instanceof Item.End);"),
            new Mutant(
                    "kept records are dropped when their owner had no state",
                    "exchange/HandOverHold",
                    "blank.add(group);",
                    "blank.add(group); kept.remove(group);"),
            new Mutant(
                    "kept records are released in the wrong order",
                    "exchange/HandOverHold",
                    "released.addAll(pieces);",
                    "pieces.forEach(released::addFirst);"),
            new Mutant(
                    "a group that has come is opened once more",
                    "exchange/HandOverHold",
                    "== worker && !early.get(group)",
                    "== worker"),
            new Mutant(
                    "inputs behind keyed stages do not wait for markers",
                    "exchange/Intake",
                    "(input.isMarked && kind == IntakeKind.FROM_KEYED && hold != null && !hold.isAligned())",
                    "false"),
            new Mutant(
                    "who joins is not told of ends",
                    "operator/ExchangeOutlet",
                    "if (!rescale.from().workers().contains(worker) && isEnded) {",
                    "if (rescale.version() < 0) {"),
            new Mutant(
                    "a marker overtakes what was collected",
                    "operator/ExchangeOutlet",
                    "        }\n        flush();\n        if (item instanceof Item.Marker",
                    "        }\n        if (item instanceof Item.Marker"),
            new Mutant(
                    "consumed records are not granted again",
                    "worker/Edges",
                    "port.send(sender, new Frame.Credit(generation, edge, sum));",
                    ""),
            new Mutant(
                    "state stays where it was as well",
                    "operator/GroupedOperator",
                    "groups[group] = null; // it goes",
                    ""),
            new Mutant(
                    "an epoch does not reach the operators",
                    "worker/Stage",
                    "case Item.Epoch(var time) -> head.epoch(time);",
                    "case Item.Epoch(var time) -> {}"),
            new Mutant(
                    "a partition is read on before the rescale is committed",
                    "worker/SourceStage",
                    "coming.put(partition.name(), partition);",
                    "open(partition.name(), Optional.of(partition.position()));"),
            new Mutant(
                    "a partition that is over is not handed on",
                    "worker/Partitions",
                    "return Optional.ofNullable(finished.remove(name));",
                    "return Optional.empty();"));

    /** Found by whole jobs whose nodes crash: snapshots, recovery, what is shown. */
    static final List<Mutant> OF_CRASHES = List.of(
            new Mutant(
                    "a barrier goes on at the first input",
                    "exchange/BarrierAlignment",
                    "inputs.stream().allMatch(input -> input.isAtBarrier",
                    "inputs.stream().anyMatch(input -> input.isAtBarrier"),
            new Mutant(
                    "an input goes on behind its barrier",
                    "exchange/Intake",
                    "return input.isAtBarrier\n                || (",
                    "return ("),
            new Mutant(
                    "a group is changed before it is taken down",
                    "operator/GroupedOperator",
                    "keep(group, (G) state);",
                    ""),
            new Mutant(
                    "a group that is frozen changes all the same",
                    "operator/GroupTable",
                    "copy.values = values.clone();",
                    "copy.values = values;"),
            new Mutant(
                    "a group that was frozen is taken for unchanged",
                    "operator/GroupedOperator",
                    "unchanged.set(group, kept == null);",
                    "unchanged.set(group);"),
            new Mutant(
                    "a group that has changed is taken for unchanged",
                    "operator/GroupedOperator",
                    "unchanged.clear(group);",
                    ""),
            new Mutant(
                    "what kept snapshots refer to goes with one that is retired",
                    "control/Snapshots",
                    "garbage.removeAll(kept.objects())",
                    "kept.parts().forEach(part -> garbage.remove(part.object()))"),
            new Mutant(
                    "a position is saved before its records are emitted",
                    "worker/Snapshotting",
                    "source.pass(new Item.Barrier(generation, snapshot));",
                    "source.step(source.wakeAt()); source.pass(new Item.Barrier(generation, snapshot));"),
            new Mutant(
                    "a position is saved behind records that follow the barrier",
                    "worker/Snapshotting",
                    "var own = source.partitions().positions();",
                    "source.pass(new Item.Barrier(generation, snapshot)); source.step(source.wakeAt()); var own = source.partitions().positions();"),
            new Mutant(
                    "a part is reported and was not written",
                    "worker/Seat",
                    "store.put(object, part)",
                    "dev.gyre.core.Promise.of((dev.gyre.core.Outcome<dev.gyre.stream.snapshot.SnapshotStore.Stored>) new dev.gyre.core.Outcome.Ok<>("
                            + "new dev.gyre.stream.snapshot.SnapshotStore.Stored(object, 100L)))"),
            new Mutant(
                    "a part is complete before the barrier has passed every stage",
                    "worker/Taking",
                    "if (missingStages == 0 &&",
                    "if (missingStages <= 1 &&"),
            new Mutant(
                    "what a worker had prepared when it left is dropped",
                    "worker/Legacy",
                    "waiting.computeIfAbsent(sink, absent -> new ArrayList<>()).add(one)",
                    "sink.length()"),
            new Mutant(
                    "frames of an earlier generation are taken",
                    "worker/Seat",
                    "if (frame.generation() < generation) {",
                    "if (false) {"));

    /** Found by whole jobs whose frames travel over links. */
    static final List<Mutant> OF_LINKS = List.of(
            new Mutant(
                    "a frame overtakes those that wait",
                    "worker/LinkedCarrier",
                    "if (backlogs.isEmpty(channel)) {",
                    "if (true) {"),
            new Mutant(
                    "the rest of a batch is dropped",
                    "worker/LinkedCarrier",
                    "-> (List<Frame>) rest;",
                    "-> List.of();"),
            new Mutant(
                    "what finds no room is dropped",
                    "worker/LinkedCarrier",
                    "case Sent.NoCredit() -> List.of(frame);",
                    "case Sent.NoCredit() -> List.of();"),
            new Mutant(
                    "what is for a peer that is down is dropped",
                    "worker/LinkedCarrier",
                    "case Sent.PeerDown(var reason) -> List.of(frame);",
                    "case Sent.PeerDown(var reason) -> List.of();"),
            new Mutant(
                    "earlier generations are not fenced off",
                    "worker/LinkedCarrier",
                    "here.fence(new Stamp(generation, 0), now);",
                    ""));

    /** Found by whole jobs that keep their snapshots in their own logs. */
    static final List<Mutant> OF_STORES = List.of(
            new Mutant(
                    "what was left behind of snapshots stays",
                    "worker/Parts",
                    "&& !kept.contains(name)",
                    "&& name.isEmpty()"),
            new Mutant(
                    "what a snapshot refers to is taken for left behind",
                    "worker/Parts",
                    "&& !kept.contains(name)",
                    ""),
            new Mutant(
                    "what a part refers to is taken for left behind",
                    "worker/Parts",
                    "kept.addAll(snapshot.objects())",
                    "snapshot.parts().forEach(part -> kept.add(part.object()))"),
            new Mutant(
                    "chunks are restored in another order",
                    "snapshot/ReplicatedObject",
                    "(int) ((offset + done) / chunkBytes)",
                    "(int) ((size - 1 - offset - done) / chunkBytes)"),
            new Mutant(
                    "a put is stored before it is sealed",
                    "snapshot/OngoingPut",
                    "if (outcome instanceof Outcome.Ok) {\n            goOn();",
                    "if (outcome instanceof Outcome.Ok) {\n            end(outcome);"));

    /** Found likewise, by one seed in hundreds or thousands, if at all. */
    static final List<Mutant> RARE_OF_RESCALES = List.of(
            new Mutant(
                    "kept records are released before the markers are here",
                    "exchange/HandOverHold",
                    "if (!isAligned) {",
                    "if (false) {"),
            new Mutant(
                    "the word of an earlier rescale is taken for that of this one",
                    "exchange/Intake",
                    "if (hold == null || hold.rescale().version() != version) {",
                    "if (hold == null) {"),
            new Mutant(
                    "who leaves is not heard out",
                    "exchange/Intake",
                    "return hold != null || inputs.stream().anyMatch(input -> leavers.contains(input.sender));",
                    "return hold != null;"));

    /** Found by a leader that is killed behind the right message. */
    static final List<Mutant> OF_KILLS = List.of(new Mutant(
            "reports are not told to a new leader",
            "worker/Reports",
            "List.copyOf(standing.values()).forEach(coordinator);",
            ""));

    /** Those that need a crash within a few milliseconds: no number of seeds is promised. */
    static final List<Mutant> RARE_OF_CRASHES = List.of(
            new Mutant(
                    "a barrier overtakes what was collected",
                    "operator/ExchangeOutlet",
                    "        }\n        flush();\n        if (item instanceof Item.Marker",
                    "        }\n        if (!(item instanceof Item.Barrier)) flush();\n        if (item instanceof Item.Marker"),
            new Mutant(
                    "a sink shows what it has written before the snapshot is committed",
                    "worker/Taking",
                    "sink.writer().prepare(snapshot).ifPresent(prepared::add);",
                    "sink.writer().prepare(snapshot).ifPresent(prepared::add); sink.writer().committed(snapshot);"),
            new Mutant(
                    "what was committed and not shown is forgotten",
                    "worker/Restored",
                    "if (isMine) {",
                    "if (false) {"));

    /** Found by whole jobs whose nodes hear of a decision at different times: any latency that varies will do. */
    static final List<Mutant> OF_ENDS = List.of(new Mutant(
            "a job is complete before all have shown what is committed",
            "control/Plan",
            "return heard.haveShown(last)",
            "return true"));

    /** Found where senders of one intake are idle, and end. */
    static final List<Mutant> OF_INTAKES = List.of(new Mutant(
            "time ends before who is idle has ended",
            "exchange/Intake",
            "if (times.isAnyAwaited() && !(hasIdle && times.least() == Long.MAX_VALUE)) {",
            "if (times.isAnyAwaited()) {"));

    /** Found where the receivers of one outlet change. Whole jobs catch up with the next epoch. */
    static final List<Mutant> OF_OUTLETS = List.of(
            new Mutant("who joins is not told of epochs", "operator/ExchangeOutlet", "            sayAgain();", ""));

    private StreamMutants() {}
}
