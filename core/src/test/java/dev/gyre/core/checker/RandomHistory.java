package dev.gyre.core.checker;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes histories of a {@link Machine} that many processes use at once. Each operation takes effect at one moment between
 * its call and its return, so that what comes out is linearizable, until lies are told.
 *
 * @param processes how many use the machine, each one operation after another
 * @param durationMax an operation takes 0 to this, in nanoseconds
 * @param pauseMax a process waits 0 to this between operations, in nanoseconds
 * @param unknownShare how many operations of a thousand get no answer; half of them take no effect
 */
record RandomHistory(int processes, int durationMax, int pauseMax, int unknownShare) {
    private record Slot(int process, long call, long moment, long end) {}

    private record Done<I, O>(Slot slot, I input, Outcome<O> outcome) {}

    /** A linearizable history of at least some operations. */
    <I, O> List<Operation<I, O>> linearizable(Machine<I, O> machine, int operations, RandomGenerator random) {
        var slots = slots(operations, random);
        slots.sort(Comparator.comparingLong(Slot::moment));
        var done = new ArrayList<Done<I, O>>(slots.size());
        for (var slot : slots) {
            I input = machine.randomInput(random, slot.process);
            boolean isUnknown = random.nextInt(1000) < unknownShare;
            var outcome = isUnknown && random.nextBoolean() ? Machine.<O>failed(ErrorCode.ABORT) : machine.apply(input);
            done.add(new Done<>(slot, input, isUnknown ? unknown() : outcome));
        }
        done.sort(Comparator.<Done<I, O>>comparingLong(each -> each.slot.call)
                .thenComparingInt(each -> each.slot.process));
        var history = new ArrayList<Operation<I, O>>(done.size());
        for (var each : done) {
            var slot = each.slot;
            history.add(new Operation<>(history.size(), slot.process, each.input, slot.call, each.outcome, slot.end));
        }
        return history;
    }

    private List<Slot> slots(int operations, RandomGenerator random) {
        var slots = new ArrayList<Slot>();
        long[] now = new long[processes];
        for (int i = 0; i < operations; i++) {
            int process = i % processes;
            long call = now[process] + random.nextInt(pauseMax + 1);
            long end = call + random.nextInt(durationMax + 1);
            slots.add(new Slot(process, call, call + random.nextLong(end - call + 1), end));
            now[process] = end + 1;
        }
        return slots;
    }

    private static <O> Outcome<O> unknown() {
        return new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, ""));
    }

    /** The same history, with another outcome for one operation. */
    static <I, O> List<Operation<I, O>> withOutcome(List<Operation<I, O>> history, int place, Outcome<O> outcome) {
        var changed = new ArrayList<>(history);
        var operation = history.get(place);
        changed.set(
                place,
                new Operation<>(
                        operation.index(),
                        operation.process(),
                        operation.input(),
                        operation.invokedNanos(),
                        outcome,
                        operation.completedNanos()));
        return changed;
    }
}
