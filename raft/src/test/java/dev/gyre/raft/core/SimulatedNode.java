package dev.gyre.raft.core;

import static dev.gyre.raft.core.Oracle.require;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A host of one core: does what outputs say, in their order, and has the oracle look at every step. */
final class SimulatedNode {
    private record Held(long afterToken, Message<Long> message) {}

    private final String id;
    private final Cluster cluster;
    private final Oracle oracle;
    private final SimulatedDisk disk;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final long clockOffset;
    private final double clockRate;
    private final int priority;
    private @Nullable RaftCore<Long> core;
    private long run;
    private long durableToken;
    private long appliedIndex;
    private long state;
    private boolean isDiskBusy;
    private long tickAt;
    /** Reads under way, and what each must at least see. */
    private final TreeMap<Long, Long> reads = new TreeMap<>();
    /** Proposals accepted in this run whose fate is open. */
    private final TreeSet<String> openProposals = new TreeSet<>();

    private long lastTicket;

    SimulatedNode(String id, Cluster cluster, Membership membership) {
        this.id = id;
        this.cluster = cluster;
        this.oracle = cluster.oracle();
        this.disk = new SimulatedDisk(membership);
        this.clockOffset = cluster.random().nextLong();
        this.clockRate = cluster.plan().leases() ? 1 + (cluster.random().nextDouble() - 0.5) * Plan.DRIFT : 1;
        this.priority = cluster.random().nextInt(4) == 0 ? 1 : 0;
    }

    String id() {
        return id;
    }

    boolean isUp() {
        return core != null;
    }

    boolean leads() {
        return core != null && core.status().leadership().role() == RoleName.LEADER;
    }

    @Nullable RaftCore<Long> core() {
        return core;
    }

    long appliedIndex() {
        return appliedIndex;
    }

    boolean hasOpenRequests() {
        return !reads.isEmpty() || !openProposals.isEmpty();
    }

    String openRequests() {
        return id + ": reads " + reads + ", proposals " + openProposals;
    }

    private long clock() {
        return clockOffset + (long) (cluster.now() * clockRate);
    }

    // ---- life

    void start() {
        var persisted = disk.read();
        run++;
        durableToken = 0;
        tickAt = Long.MAX_VALUE;
        appliedIndex = persisted.snapshot().last().index();
        restoreState(persisted.snapshot());
        core = new RaftCore<>(
                id,
                cluster.plan().settings(priority),
                value -> (int) (value % 7) * 10,
                new SplittableRandom(cluster.random().nextLong()),
                persisted,
                clock());
        planTick();
    }

    void crash() {
        core = null;
        run++;
        held.clear();
        disk.crash(cluster.random().nextInt(disk.waiting() + 1));
        isDiskBusy = false;
        reads.clear();
        openProposals.clear();
    }

    /** Calls back unless this node has crashed meanwhile. */
    private void later(long delayNanos, Runnable action) {
        long scheduledIn = run;
        cluster.schedule(delayNanos, () -> {
            if (run == scheduledIn) {
                action.run();
            }
        });
    }

    private void planTick() {
        var running = core;
        if (running == null) {
            return;
        }
        long delay = Math.max(0, (long) ((running.nextDeadlineNanos() - clock()) / clockRate)) + 1;
        if (cluster.now() + delay < tickAt) {
            long planned = cluster.now() + delay;
            tickAt = planned;
            later(delay, () -> {
                if (tickAt == planned) {
                    tickAt = Long.MAX_VALUE;
                    step(new Input.Tick<>());
                }
            });
        }
    }

    // ---- requests

    void propose(List<Long> values) {
        var output = step(new Input.Propose<>(values));
        if (output.answer().orElseThrow() instanceof Answer.Accepted(var term, var first, var last)) {
            for (long i = first; i <= last; i++) {
                if (!oracle.isCommitted(term, i)) {
                    openProposals.add(Oracle.key(term, i));
                }
            }
        }
    }

    void read() {
        reads.put(++lastTicket, oracle.commitIndex());
        step(new Input.Read<>(lastTicket));
    }

    void takeSnapshot() {
        var running = core;
        if (running == null
                || appliedIndex <= running.status().snapshot().last().index()) {
            return;
        }
        var content = ByteBuffer.allocate(16 + cluster.random().nextInt(60))
                .putLong(appliedIndex)
                .putLong(state)
                .array();
        var snapshot = running.snapshotAt(appliedIndex).withContent(content.length, SnapshotChunk.checksum(content));
        disk.keep(snapshot, content);
        workDisk();
    }

    private void restoreState(Snapshot snapshot) {
        appliedIndex = snapshot.last().index();
        state = 0;
        if (snapshot.sizeBytes() > 0) {
            var content = ByteBuffer.wrap(disk.content(snapshot));
            require(content.getLong() == appliedIndex, id + " restores a snapshot of another index");
            state = content.getLong();
        }
        require(state == oracle.stateAt(appliedIndex), id + " restores another state at " + appliedIndex);
    }

    // ---- steps

    Output<Long> step(Input<Long> input) {
        var running = core;
        if (running == null) {
            throw new AssertionError(id + " is down");
        }
        long commitBefore = running.node().replica().commitIndex();
        boolean led = running.node().role() instanceof Leader;
        long termBefore = running.node().term();
        var output = running.step(input, clock());
        cluster.trace(id, input, output);
        require(running.node().replica().commitIndex() >= commitBefore, id + ": commit index fell");
        require(running.node().term() >= termBefore, id + ": term fell");
        oracle.membership(running.node());
        requireDurable(running.node().replica());
        carryOut(running, output, led && termBefore == running.node().term());
        if (running.node().role() instanceof Leader) {
            oracle.leads(running.node());
        }
        planTick();
        return output;
    }

    /** What the core believes to be durable is what a crash would leave. */
    private void requireDurable(Replica<Long> replica) {
        long index = replica.durability().index();
        require(
                index <= replica.snapshot().last().index()
                        || disk.termAt(index) == replica.log().termAt(index),
                id + " takes " + index + " to be durable, and it is not");
    }

    private void carryOut(RaftCore<Long> running, Output<Long> output, boolean led) {
        output.send().forEach(this::send);
        output.chunks().forEach(this::sendChunk);
        output.write().ifPresent(write -> {
            require(!led || write.truncateFrom() == 0, "leader append-only: " + id + " truncates");
            // A step that installs or truncates after appending leaves nothing of what it appended.
            write.entries().forEach(entry -> oracle.appended(running.node(), entry));
            disk.store(write);
            workDisk();
        });
        output.sendWhenDurable().forEach(message -> held.add(new Held(output.afterToken(), message)));
        release();
        output.restore().ifPresent(snapshot -> {
            oracle.count("snapshots installed");
            restoreState(snapshot);
        });
        output.committed().forEach(this::apply);
        output.reads().forEach(this::readDone);
        output.notices().forEach(this::noticed);
    }

    private void apply(Entry<Long> entry) {
        require(entry.index() == appliedIndex + 1, id + " applies " + entry + " after " + appliedIndex);
        appliedIndex++;
        state = Oracle.next(state, entry);
        require(state == oracle.applied(id, entry), id + ": another state after " + entry);
        openProposals.remove(Oracle.key(entry.term(), entry.index()));
    }

    private void readDone(ReadOutcome outcome) {
        var required = reads.remove(outcome.ticket());
        require(required != null, id + ": read " + outcome.ticket() + " was told twice, or never asked");
        if (required != null && outcome instanceof ReadOutcome.Ready(var ticket, var index)) {
            require(
                    index >= required,
                    "stale read: " + id + " reads at " + index + ", committed before was " + required);
            require(appliedIndex >= index, id + " is told to read at " + index + " and has applied " + appliedIndex);
            oracle.count("reads");
        }
    }

    private void noticed(Notice notice) {
        oracle.count(notice.getClass().getSimpleName());
        switch (notice) {
            case Notice.ProposalsLost(var term, var first, var last) -> {
                for (long i = first; i <= last; i++) {
                    oracle.saidLost(term, i);
                    openProposals.remove(Oracle.key(term, i));
                }
            }
            case Notice.ProposalsUnknown(var term, var first, var last) -> {
                for (long i = first; i <= last; i++) {
                    openProposals.remove(Oracle.key(term, i));
                }
            }
            case Notice.LeadershipChanged(var role, var term, var leader)
            when role == RoleName.LEADER -> cluster.elected(this);
            case Notice.SnapshotWanted wanted -> later(cluster.random().nextLong(50 * Plan.MILLI), this::takeSnapshot);
            default -> {}
        }
    }

    // ---- disk

    private void workDisk() {
        if (isDiskBusy || disk.isIdle()) {
            return;
        }
        isDiskBusy = true;
        later(cluster.diskDelay(), () -> {
            isDiskBusy = false;
            if (disk.work() instanceof Snapshot snapshot) {
                step(new Input.SnapshotTaken<>(snapshot));
            } else {
                persisted();
            }
            workDisk();
        });
    }

    /** Sometimes the host is slow to tell, and tells of several writes at once. */
    private void persisted() {
        durableToken++;
        release();
        if (!disk.hasMoreWrites() || cluster.random().nextInt(3) != 0) {
            step(new Input.Persisted<>(durableToken));
        }
    }

    private void release() {
        while (!held.isEmpty() && held.getFirst().afterToken <= durableToken) {
            send(held.removeFirst().message);
        }
    }

    // ---- sending

    private void sendChunk(ChunkToSend chunk) {
        oracle.count("chunks");
        later(cluster.random().nextLong(10 * Plan.MILLI), () -> {
            var content = disk.content(chunk.snapshot());
            int from = (int) chunk.offset();
            send(chunk.with(Arrays.copyOfRange(content, from, from + chunk.lengthBytes())));
        });
    }

    /** Vote and term durable before sent; acknowledged only what a crash would leave. */
    private void send(Message<Long> message) {
        boolean isPreVote = message instanceof Message.RequestPreVote
                || (message instanceof Message.PreVoteReply<Long> reply && reply.granted());
        var durable = disk.hardState();
        require(isPreVote || message.term() <= durable.term(), "term not durable: " + message);
        switch (message) {
            case Message.RequestVote<Long> request ->
                require(durable.term() > request.term() || durable.votedFor().equals(id), "not durable: " + message);
            case Message.VoteReply<Long> reply ->
                require(
                        !reply.granted()
                                || durable.term() > reply.term()
                                || durable.votedFor().equals(reply.to()),
                        "vote not durable: " + message);
            case Message.AppendAck<Long> ack ->
                require(
                        durable.term() > ack.term() || disk.lastIndex() >= ack.matchIndex(),
                        "acknowledged before durable: " + message);
            case Message.TimeoutNow<Long> request -> oracle.count("handed over");
            case Message.AppendReject<Long> reject -> oracle.count("appends refused");
            default -> {}
        }
        cluster.send(message);
    }
}
