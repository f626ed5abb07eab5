package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Gives each record its event time, and says how far time is: as far as the latest record, less what a record may be behind an earlier one of its
 * partition, less one. Between two batches, not for each record.
 *
 * <p>Partitions that this worker reads in turn each have a time of their own, and the least of them counts: who is read slowly is not late. One of which nothing
 * was heard yet is waited for; one that has had nothing for a while is not, until something comes. Behind an exchange or a union there are
 * no partitions, and all records are as of one.
 */
public final class EpochGenerator extends TimeTeller {
    private final ToLongFunction<Object> function;
    private final Bounds bounds;
    private final boolean keepsLate;
    private final TreeMap<String, Progress> partitions = new TreeMap<>();
    private Progress current = new Progress();
    private boolean hasPartitions;
    private boolean isAny;
    private boolean toldIdle;
    private long emitted = NO_TIME;
    private long nowNanos;

    /**
     * What may be expected of records.
     *
     * @param disorder how far a record may be behind an earlier one, in nanoseconds
     * @param idleAfterNanos how long a partition has nothing before it is not waited for; {@link Long#MAX_VALUE}: it always is
     * @param maxDrift how far the epoch of a partition may be ahead of where all are, in nanoseconds; {@link Long#MAX_VALUE}: as far as it comes
     * @param keepsLate whether what is behind an epoch goes on as {@link Late}; else it goes on as it is
     */
    public record Bounds(long disorder, long idleAfterNanos, long maxDrift, boolean keepsLate) {}

    /** How far a partition is. */
    static final class Progress {
        long latest = NO_TIME;
        /** How far it was when its first batch was over. */
        long begun = NO_TIME;
        /** Whether it had nothing when it was asked last, and since when. */
        boolean isQuiet;

        long quietSinceNanos;
        boolean isIdle;
    }

    /** Takes the time from the value. */
    public EpochGenerator(ToLongFunction<Object> function, Bounds bounds, Operator next) {
        super(next);
        this.function = function;
        this.bounds = bounds;
        this.keepsLate = bounds.keepsLate();
    }

    @Override
    public void record(Object key, int hash, Object value, long oldTime) {
        long time = function.applyAsLong(value);
        isAny = true;
        if (time > current.latest) {
            current.latest = time;
        }
        next.record(key, hash, keepsLate && time <= emitted ? new Late(value) : value, time);
    }

    @Override
    public void news(SourceNews news) {
        hasPartitions |= !(news instanceof SourceNews.Restart);
        switch (news) {
            case SourceNews.Comes(var name) -> partitions.computeIfAbsent(name, absent -> new Progress());
            case SourceNews.Goes(var name) -> {
                partitions.remove(name);
                advance();
            }
            case SourceNews.Turn(var name, var now) -> {
                nowNanos = now;
                current = partitions.computeIfAbsent(name, absent -> new Progress());
            }
            case SourceNews.Quiet(var now) -> {
                nowNanos = now;
                advance();
            }
            case SourceNews.Resumes(var now) -> {
                nowNanos = now;
                partitions.values().forEach(partition -> partition.isQuiet = false);
            }
            case SourceNews.Restart() -> restart();
        }
        next.news(news);
    }

    private void restart() {
        emitted = NO_TIME;
        toldIdle = false;
        if (!hasPartitions) {
            current = new Progress();
        }
    }

    @Override
    public void pause() {
        if (isAny) {
            isAny = false;
            if (current.begun == NO_TIME) {
                current.begun = current.latest;
            }
            toldIdle = false;
            current.isQuiet = false;
            current.isIdle = false;
        } else if (!current.isQuiet) {
            current.isQuiet = true;
            current.quietSinceNanos = nowNanos;
        }
        advance();
        next.pause();
    }

    private void advance() {
        if (!hasPartitions) {
            emit(current.latest);
            return;
        }
        long least = Long.MAX_VALUE;
        boolean isAwaited = false;
        for (var partition : partitions.values()) {
            if (!isIdle(partition)) {
                isAwaited = true;
                least = Math.min(least, partition.latest);
            }
        }
        if (isAwaited) {
            emit(least);
        } else if (!toldIdle && !partitions.isEmpty()) { // where there is none, the source says so itself
            toldIdle = true;
            next.idle();
        }
    }

    private boolean isIdle(Progress partition) {
        if (partition.isQuiet && nowNanos - partition.quietSinceNanos >= bounds.idleAfterNanos()) {
            partition.isIdle = true;
        }
        return partition.isIdle;
    }

    /** The epoch of records of which this is the latest. */
    private long epochOf(long latest) {
        return EventTime.minus(EventTime.minus(latest, bounds.disorder()), 1);
    }

    @Override
    public boolean holds(String name) {
        var partition = partitions.get(name);
        if (partition == null || partition.isIdle || bounds.maxDrift() == Long.MAX_VALUE) {
            return false; // one that is idle is asked whether it still is
        }
        long reached = next.reached();
        long all = reached == NO_TIME ? epochOf(partition.begun) : reached; // others may be where this one has begun
        boolean isAhead = epochOf(partition.latest) > EventTime.plus(all, bounds.maxDrift());
        if (isAhead) {
            partition.isQuiet = false;
        }
        return isAhead;
    }

    private void emit(long latest) {
        long epoch = epochOf(latest);
        if (epoch > emitted) {
            emitted = epoch;
            next.epoch(epoch);
        }
    }

    @Override
    public long wakeAt() {
        long earliest = Long.MAX_VALUE;
        for (var partition : partitions.values()) {
            if (partition.isQuiet && !partition.isIdle) {
                earliest = Math.min(earliest, EventTime.plus(partition.quietSinceNanos, bounds.idleAfterNanos()));
            }
        }
        return earliest;
    }

    /** Epochs that others have made count no more: but the last one does. */
    @Override
    public void epoch(long time) {
        if (time == Long.MAX_VALUE) {
            emitted = time;
            next.epoch(time);
        }
    }
}
