package dev.gyre.stream.worker;

import dev.gyre.core.InvariantViolation;
import dev.gyre.core.link.Arrival;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Batches that have come over links and are in memory: each gives its credit back when all of its records are consumed. */
final class Owed {
    private final TreeMap<Integer, TreeMap<Integer, ArrayDeque<Debt>>> byEdgeAndSender = new TreeMap<>();

    /** A batch of which some records are not consumed. */
    private static final class Debt {
        final Arrival<Frame> arrival;
        int records;

        Debt(Arrival<Frame> arrival, int records) {
            this.arrival = arrival;
            this.records = records;
        }
    }

    void add(int edge, int sender, int records, Arrival<Frame> arrival) {
        byEdgeAndSender
                .computeIfAbsent(edge, unknown -> new TreeMap<>())
                .computeIfAbsent(sender, unknown -> new ArrayDeque<>())
                .add(new Debt(arrival, records));
    }

    /** Records were consumed; they may be those of other batches than the oldest, as long as the numbers are right. What is paid by that. */
    List<Arrival<Frame>> consumed(int edge, int sender, int records) {
        List<Arrival<Frame>> paid = new ArrayList<>();
        var debts = byEdgeAndSender.getOrDefault(edge, new TreeMap<>()).get(sender);
        int left = records;
        while (left > 0) {
            var oldest = debts == null ? null : debts.peek();
            if (debts == null || oldest == null) {
                throw new InvariantViolation(
                        left + " records of edge " + edge + " from worker " + sender + " were consumed and never came");
            }
            int part = Math.min(left, oldest.records);
            oldest.records -= part;
            left -= part;
            if (oldest.records == 0) {
                paid.add(debts.remove().arrival);
            }
        }
        return paid;
    }

    /** What is of an earlier generation, and will not be consumed any more. */
    List<Arrival<Frame>> dropBefore(long generation) {
        List<Arrival<Frame>> dropped = new ArrayList<>();
        for (var bySender : byEdgeAndSender.values()) {
            for (var debts : bySender.values()) {
                debts.removeIf(debt -> {
                    boolean isOver = debt.arrival.stamp().epoch() < generation;
                    if (isOver) {
                        dropped.add(debt.arrival);
                    }
                    return isOver;
                });
            }
        }
        return dropped;
    }

    void clear() {
        byEdgeAndSender.clear();
    }
}
