package dev.gyre.raft;

import dev.gyre.core.Promise;
import dev.gyre.core.Timer;
import dev.gyre.raft.core.Answer;
import dev.gyre.raft.core.ChunkToSend;
import dev.gyre.raft.core.Input;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Message;
import dev.gyre.raft.core.Notice;
import dev.gyre.raft.core.Output;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.RaftCore;
import dev.gyre.raft.core.ReadOutcome;
import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.core.Status;
import dev.gyre.raft.storage.LogStorage;
import dev.gyre.raft.wire.Proposal;
import dev.gyre.raft.wire.RaftWire;
import dev.gyre.raft.wire.WireMessages;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group at one node: steps its core, and carries out what that says, in the order of {@link Output}. What takes a disk or many messages together
 * waits for the end of the node's turn; see {@link RaftPart}.
 */
final class Group<E> {
    private static final Logger log = LoggerFactory.getLogger(Group.class);

    /** Ticks of several groups are put off to common moments, by this share of a heartbeat at most, so that heartbeats can go together. */
    private static final int TICKS_A_HEARTBEAT = 4;

    private final RaftOptions<E> options;
    private final RaftPart part;
    private final Disk<Proposal<E>> disk;
    private final WireMessages<E> wire;
    private final Counters counters = new Counters();
    private final Held<Proposal<E>> held = new Held<>(this::send);
    private final Changes changes = new Changes();
    private final Reads reads;
    private final Delivery<E> delivery;
    private final Timer tick;
    private long tickNanos = Long.MAX_VALUE;

    private final EarlyMessages<Proposal<E>> early = new EarlyMessages<>();
    private boolean awaitsTurnEnd;
    private @Nullable Running<E> running;

    /** What there is once the log was read. */
    private static final class Running<E> {
        private final RaftCore<Proposal<E>> core;
        private final Proposals<E> proposals;
        private Notice.LeadershipChanged leadership;

        Running(RaftCore<Proposal<E>> core, Proposals<E> proposals) {
            this.core = core;
            this.proposals = proposals;
            this.leadership = core.status().leadership();
        }
    }

    Group(RaftOptions<E> options, RaftPart part, LogStorage<Proposal<E>> storage, Consumer<RaftEvent<E>> events) {
        this.options = options;
        this.part = part;
        this.wire = new WireMessages<>(options.group(), options.codec());
        this.reads = new Reads(options.settings().limits().maxWaitingReads());
        this.delivery = new Delivery<>(events::accept, part, this::isOwn, this::atTurnEnd, counters);
        this.tick = part.stoppedTimer(this::tick);
        this.disk = new Disk<>(
                storage, part, options.durability().stallTimeout(), self() + " " + name(), new Durable(), counters);
        storage.recovered().whenDone(state -> part.vital(() -> start(state.orThrow())));
    }

    private void start(PersistedState<Proposal<E>> state) {
        log.info(
                "{} {}: starts in term {} behind entry {}, {}",
                self(),
                name(),
                state.hardState().term(),
                state.snapshot().last().index() + state.entries().size(),
                options.durability().isDurable() ? "durable on its storage" : "IN MEMORY: nothing outlives this node");
        var core = new RaftCore<Proposal<E>>(
                self(),
                options.settings(),
                proposal -> proposal.bytes().length,
                part.node().random(),
                state,
                part.node().nowNanos());
        var proposals = new Proposals<>(
                options, part, delivery::tell, counters, state.hardState().term());
        running = new Running<>(core, proposals);
        if (state.snapshot().last().index() > 0) {
            delivery.restore(disk.restored(state.snapshot()));
        }
        armTick(core);
        early.take().forEach(message -> step(new Input.Received<>(message)));
        atTurnEnd();
    }

    String name() {
        return options.group();
    }

    private String self() {
        return part.node().nodeId();
    }

    // ---- what is asked of it

    void propose(E value) {
        var now = running;
        if (now == null) {
            delivery.tell(new RaftEvent.ProposalFailed<>(value, "the log is still being read"));
        } else {
            now.proposals.propose(value);
        }
        atTurnEnd();
    }

    Promise<Long> read() {
        atTurnEnd();
        return reads.add(part.node().nowNanos() + options.proposals().timeout().toNanos());
    }

    void snapshot(long index, byte[] state) {
        var now = running;
        if (now == null || index > delivery.index()) {
            throw new IllegalArgumentException("a snapshot of the state after entry " + index
                    + ": the last one that was handed on is " + delivery.index());
        }
        if (index <= now.core.status().snapshot().last().index()) {
            return; // One that is at least as new has come from a leader.
        }
        var snapshot = now.core.snapshotAt(index).withContent(state.length, SnapshotChunk.checksum(state));
        disk.keep(snapshot, state);
    }

    Promise<Membership> changeMembership(Membership target) {
        return changes.begin(target, step(new Input.ChangeMembership<>(target)));
    }

    Promise<String> transferLeadership(String target) {
        return changes.begin(target, step(new Input.TransferLeadership<>(target)));
    }

    RaftStatus status() {
        var now = running;
        if (now == null) {
            throw new IllegalStateException(self() + " " + name() + ": the log is still being read");
        }
        return new RaftStatus(
                now.core.status(),
                delivery.index(),
                now.proposals.openCount(),
                reads.count(),
                options.durability().isDurable(),
                counters.read());
    }

    boolean isRunning() {
        return running != null;
    }

    /** The node ends in good order: a leader spares the others the wait for its silence (thesis §3.10). */
    void endOfInput() {
        var now = running;
        if (now != null && now.leadership.role() == RoleName.LEADER) {
            endTurn();
            now.core.status().members().stream()
                    .filter(member -> !member.id().equals(self())
                            && now.core.status().membership().voters().contains(member.id()))
                    .max(Comparator.comparingLong(Status.Member::matchIndex))
                    .ifPresent(best -> step(new Input.TransferLeadership<>(best.id())));
        }
    }

    // ---- what happens to it

    void received(String src, RaftWire.OfGroup message) {
        var now = running;
        switch (message) {
            case RaftWire.RaftForward forward when now != null -> now.proposals.forwarded(src, forward, now.leadership);
            case RaftWire.RaftForwardFailed failed when now != null -> now.proposals.forwardFailed(failed);
            case RaftWire.RaftForward lost -> {} // a network may lose messages, and a node that starts is no different
            case RaftWire.RaftForwardFailed lost -> {}
            default -> received(now, RaftPart.readable(src, () -> wire.toCore(src, self(), message)));
        }
        if (now != null) {
            atTurnEndIfNeeded(now);
        }
    }

    private void received(@Nullable Running<E> now, Message<Proposal<E>> message) {
        if (now == null) {
            early.add(message);
        } else {
            step(new Input.Received<>(message));
        }
    }

    private void tick() {
        tickNanos = Long.MAX_VALUE;
        var now = running;
        if (now == null) {
            return;
        }
        long nanos = part.node().nowNanos();
        now.proposals.expire(nanos);
        reads.expire(nanos);
        if (nanos - now.core.nextDeadlineNanos() >= 0) {
            step(new Input.Tick<>());
        } else {
            armTick(now.core);
        }
        atTurnEnd();
    }

    /** Sees to it that the core is ticked in time, and that what takes too long is given up. Timers are set earlier, but not later: that is cheap. */
    private void armTick(RaftCore<?> core) {
        long nanos = part.node().nowNanos();
        long next = core.nextDeadlineNanos();
        if (part.isShared()) {
            long grid = options.settings().timing().heartbeatIntervalNanos() / TICKS_A_HEARTBEAT;
            next = Math.ceilDiv(next, grid) * grid;
        }
        if (next - nanos < tickNanos - nanos) {
            tickNanos = next;
            tick.reset(Duration.ofNanos(Math.max(0, next - nanos)));
        }
    }

    private void atTurnEnd() {
        if (!awaitsTurnEnd) {
            awaitsTurnEnd = true;
            part.atTurnEnd(this);
        }
    }

    private void atTurnEndIfNeeded(Running<E> now) {
        if (disk.hasUnsynced() || now.proposals.isAnyQueued() || reads.isAnyWaiting()) {
            atTurnEnd();
        }
    }

    void endTurn() {
        awaitsTurnEnd = false;
        var now = running;
        if (now != null) {
            now.proposals.flush(
                    now.leadership, values -> step(new Input.Propose<>(values)).orElseThrow());
            if (now.leadership.leader().isPresent()) {
                reads.flush(ticket -> step(new Input.Read<>(ticket)));
            }
            disk.sync();
        }
        delivery.pump();
    }

    // ---- steps

    private Optional<Answer> step(Input<Proposal<E>> input) {
        var now = running;
        if (now == null) {
            return Optional.empty();
        }
        var output = now.core.step(input, part.node().nowNanos());
        carryOut(now, output);
        armTick(now.core);
        return output.answer();
    }

    private void carryOut(Running<E> now, Output<Proposal<E>> output) {
        output.send().forEach(this::send);
        output.chunks().forEach(this::send);
        output.write().ifPresent(disk::write);
        held.add(output.afterToken(), output.sendWhenDurable());
        output.restore().ifPresent(snapshot -> delivery.restore(disk.restored(snapshot)));
        delivery.entries(output.committed());
        output.reads().forEach(this::decided);
        output.notices().forEach(notice -> noticed(now, notice));
        if (!output.committed().isEmpty()) {
            // Notices first: they tell which were lost where others are committed.
            now.proposals.committedUpTo(output.committed().getLast().index());
        }
        if (output.restore().isPresent()) {
            // A follower that lags may be sent one after the other, and make none itself meanwhile.
            disk.deleteSnapshotsBut(now.core.snapshotsInUse());
        }
        delivery.pump();
    }

    private boolean isOwn(Proposal<E> proposal) {
        return running != null && running.proposals.isOwn(proposal);
    }

    private void decided(ReadOutcome outcome) {
        var promises = reads.decided(outcome);
        if (outcome instanceof ReadOutcome.Ready ready && !promises.isEmpty()) {
            delivery.read(promises, ready.index());
        }
    }

    private void noticed(Running<E> now, Notice notice) {
        now.proposals.noticed(notice);
        changes.noticed(notice, self());
        switch (notice) {
            case Notice.LeadershipChanged(var role, long term, var leader) -> {
                now.leadership = (Notice.LeadershipChanged) notice;
                counters.elections += role == RoleName.CANDIDATE ? 1 : 0;
                counters.leaderships += role == RoleName.LEADER ? 1 : 0;
                log.info("{} {}: {} of term {}, leader {}", self(), name(), role, term, leader.orElse("not known"));
                delivery.tell(new RaftEvent.LeaderChanged<>(role, term, leader));
                atTurnEnd();
            }
            case Notice.MembershipChanged(long index, var members) ->
                delivery.tell(new RaftEvent.MembershipChanged<>(index, members, false));
            case Notice.MembershipSettled(long index, var members) ->
                delivery.tell(new RaftEvent.MembershipChanged<>(index, members, true));
            case Notice.SnapshotWanted wanted -> delivery.wantSnapshot();
            case Notice.TransferAborted(var target, var reason) ->
                log.warn("{} {}: leadership was not handed to {}: {}", self(), name(), target, reason);
            case Notice.MembershipChangeAborted(var target, var reason) ->
                log.warn("{} {}: members do not become {}: {}", self(), name(), target, reason);
            case Notice.ProposalsUncertain later -> {} // their fate will be told, or their time be over
            case Notice.ProposalsLost told -> {} // as the others: by the proposals
            case Notice.ProposalsUnknown told -> {}
        }
    }

    /** What becomes of what was written. */
    private final class Durable implements Disk.Owner {
        @Override
        public void atTurnEnd() {
            Group.this.atTurnEnd();
        }

        @Override
        public void durable(long token, List<Snapshot> snapshots) {
            held.release(token);
            step(new Input.Persisted<>(token));
            snapshots.forEach(snapshot -> step(new Input.SnapshotTaken<>(snapshot)));
            var now = running;
            if (now != null && !snapshots.isEmpty()) {
                disk.deleteSnapshotsBut(now.core.snapshotsInUse());
            }
        }

        @Override
        public void stalled() {
            step(new Input.StorageStalled<>());
        }
    }

    // ---- sending

    private void send(Message<Proposal<E>> message) {
        part.send(message.to(), wire.toWire(message));
    }

    /** A snapshot that is gone meanwhile is asked for again. */
    private void send(ChunkToSend chunk) {
        disk.content(chunk.snapshot(), chunk.offset(), chunk.lengthBytes())
                .ifPresent(bytes -> send(chunk.<Proposal<E>>with(bytes)));
    }
}
