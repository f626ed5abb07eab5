package dev.gyre.raft;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.raft.core.ReadOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Reads that wait to be confirmed. All that are asked for in one turn share a ticket of the core. One that fails is safe to ask again, so it is, until
 * its time is over.
 */
final class Reads {
    private record Waiting(Promise<Long> promise, long deadlineNanos) {}

    private final int waitingMax;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final TreeMap<Long, List<Waiting>> asked = new TreeMap<>();
    private long ticket;
    private int count;

    Reads(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    int count() {
        return count;
    }

    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    Promise<Long> add(long deadlineNanos) {
        if (count >= waitingMax) {
            return Promise.of(failed(count + " reads wait already"));
        }
        count++;
        var promise = new Promise<Long>();
        waiting.add(new Waiting(promise, deadlineNanos));
        return promise;
    }

    /** Asks for all that wait. */
    void flush(LongConsumer ask) {
        if (!waiting.isEmpty()) {
            asked.put(++ticket, new ArrayList<>(waiting));
            waiting.clear();
            ask.accept(ticket);
        }
    }

    /** Those that a ticket stood for, if it is confirmed: to be served; else they wait again. */
    List<Promise<Long>> decided(ReadOutcome outcome) {
        var reads = asked.remove(outcome.ticket());
        if (reads == null) {
            return List.of();
        }
        if (outcome instanceof ReadOutcome.Failed) {
            waiting.addAll(reads);
            return List.of();
        }
        count -= reads.size();
        return reads.stream().map(Waiting::promise).toList();
    }

    /** Gives up those whose time is over. */
    void expire(long nowNanos) {
        List<Waiting> late = new ArrayList<>();
        waiting.removeIf(read -> isLate(read, nowNanos, late));
        asked.values().forEach(reads -> reads.removeIf(read -> isLate(read, nowNanos, late)));
        count -= late.size();
        late.forEach(read -> read.promise.complete(failed("no leader has confirmed the read in time")));
    }

    private static boolean isLate(Waiting read, long nowNanos, List<Waiting> late) {
        return read.deadlineNanos - nowNanos <= 0 && late.add(read);
    }

    private static Outcome<Long> failed(String reason) {
        return Outcome.of(new RpcError(ErrorCode.TEMPORARILY_UNAVAILABLE, reason));
    }
}
