package dev.gyre.stream.worker;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.SourceNews;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A stage at one worker that reads partitions. What concerns the stream as a whole enters the graph here, between two batches, when the worker learns that it is
 * decided.
 */
final class SourceStage {
    private final Plan.StagePlan plan;
    private final int me;
    private final Chain chain;
    private final Operator head;
    private final Partitions partitions;
    /** Of a rescale that is not committed yet: partitions that this worker is to read, as they come. */
    private final TreeMap<String, Frame.Partition> coming = new TreeMap<>();

    private final TreeSet<String> awaited = new TreeSet<>();
    private long version;
    private boolean isHeld;
    private boolean isEnded;
    private boolean toldIdle;
    private boolean isAssigned = true;
    private boolean isGone;
    private boolean hadNoRoom;
    /** Something was read, or time has gone on, since what comes of it was handed on last. */
    private boolean hasGathered;

    SourceStage(Plan.StagePlan plan, int me, Chain chain, Partitions partitions) {
        this.plan = plan;
        this.me = me;
        this.chain = chain;
        this.head = chain.heads().getFirst();
        this.partitions = partitions;
    }

    Plan.StagePlan plan() {
        return plan;
    }

    Chain chain() {
        return chain;
    }

    Partitions partitions() {
        return partitions;
    }

    boolean isEnded() {
        return isEnded;
    }

    void open(String name, Optional<Object> position) {
        partitions.open(name, position);
        toldIdle = false;
    }

    /** Reads a batch. Whether there may be another: when all partitions that may have something were asked, {@link #wakeAt} says when there is more. */
    boolean step(long nowNanos) {
        if (partitions.isEmpty()) {
            tellIdle();
            return false;
        }
        if (hadNoRoom) {
            head.news(new SourceNews.Resumes(nowNanos));
        }
        boolean hasRead = !isHeld && chain.isReady() && partitions.poll(nowNanos);
        if (hasRead) {
            head.pause();
        }
        hadNoRoom = !chain.isReady();
        boolean isQuiet = !hadNoRoom && (!hasRead || (!partitions.isEmpty() && partitions.isDry(nowNanos)));
        if (isQuiet) {
            head.news(new SourceNews.Quiet(nowNanos));
        }
        hasGathered |= hasRead || !chain.tellers().isEmpty();
        return hasRead && !isQuiet;
    }

    /** @param flushes whether what was gathered is to go on now */
    void endTurn(boolean flushes) {
        if (flushes && hasGathered) {
            hasGathered = false;
            chain.flush();
        }
    }

    /** See {@link Worker#partitionsAssigned}. */
    void assigned(boolean are) {
        isAssigned = are;
    }

    private void tellIdle() {
        boolean isPartitionComing =
                !awaited.isEmpty() || !coming.isEmpty(); // it has a time, which is not to be run ahead of
        if (isAssigned && !toldIdle && !isEnded && !isGone && !isPartitionComing) {
            toldIdle = true;
            chain.flush();
            head.idle();
        }
    }

    /** When this stage is to be stepped again though nothing comes from outside. {@link Long#MAX_VALUE}: never; it may be that it has no room. */
    long wakeAt() {
        if (!chain.isReady() || isHeld) {
            return Long.MAX_VALUE;
        }
        long earliest = partitions.wakeAt();
        for (var teller : chain.tellers()) {
            earliest = Math.min(earliest, teller.wakeAt());
        }
        return earliest;
    }

    /** Whether nothing is read for now: behind the barrier of a snapshot with which the job is to stop. */
    void hold(boolean held) {
        isHeld = held;
    }

    /** Sends a control item behind all that was read. */
    void pass(Item.Control item) {
        chain.outlets().forEach(outlet -> outlet.control(item));
    }

    /**
     * Makes this a stage of a worker that joins.
     *
     * @param owners who reads each of the source's partitions when the rescale is committed
     */
    void join(Rescale rescale, Map<String, Integer> owners) {
        version = rescale.version();
        chain.mark(rescale);
        await(owners);
    }

    /**
     * From here on the new assignment is used.
     *
     * @param owners who reads each of the source's partitions when the rescale is committed
     * @param send sends a partition to a worker
     */
    void rescale(Rescale rescale, Map<String, Integer> owners, Consumer<Moved> send) {
        version = rescale.version();
        chain.flush();
        head.news(new SourceNews.Restart());
        toldIdle = false;
        pass(new Item.Marker(rescale));
        await(owners); // first: what comes may be behind what stays
        owners.forEach((name, owner) -> {
            if (owner != me) {
                partitions.release(name).ifPresent(position -> send.accept(new Moved(name, owner, position)));
            }
        });
        if (!rescale.to().workers().contains(me)) {
            pass(new Item.Goodbye());
            isGone = true;
        }
    }

    private void await(Map<String, Integer> owners) {
        owners.forEach((name, owner) -> {
            if (owner == me && !partitions.has(name)) {
                head.news(new SourceNews.Comes(name));
                if (!coming.containsKey(name)) {
                    awaited.add(name);
                }
            }
        });
    }

    /** A partition that another worker is to read on. */
    record Moved(String name, int owner, Object position) {}

    void coming(Frame.Partition partition) {
        if (partition.version() < version) {
            throw new InvariantViolation(partition + " came to worker " + me + " after version " + version + " began");
        }
        awaited.remove(partition.name());
        coming.put(partition.name(), partition);
    }

    /** Whether all that a rescale means for this stage is done. */
    boolean hasRescaled(long toVersion) {
        return version >= toVersion && awaited.isEmpty();
    }

    void committed() {
        coming.forEach((name, partition) -> open(name, Optional.of(partition.position())));
        coming.clear();
    }

    /** There will be no more partitions, and those that there were are read. */
    void end() {
        if (!isEnded && !isGone) {
            isEnded = true;
            head.epoch(Long.MAX_VALUE);
            head.end();
        }
    }

    @Override
    public String toString() {
        return plan.root()
                + (chain.isReady() ? "" : " without room")
                + (isEnded ? " ended" : "")
                + (coming.isEmpty() ? "" : " awaits " + coming.keySet());
    }
}
