package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Histories of 100 000 transactions; the figures are printed, and no time is asserted. */
final class ScaleTest {
    private static final int TRANSACTIONS = 100_000;
    private static final int CONCURRENCY = 20;
    private static final int ACTIVE_KEYS = 10;
    private static final int WRITES_PER_KEY = 64;

    /** How a database of the generator reads: the latest state, or a snapshot of some transactions ago. */
    private record Database(RandomGenerator random, int snapshotAgeMax) {
        List<Operation<List<ListOp>, List<ListOp>>> history() {
            var state = new TreeMap<String, List<Long>>();
            var past = new ArrayList<TreeMap<String, List<Long>>>();
            var history = new ArrayList<Operation<List<ListOp>, List<ListOp>>>();
            var freeAt = new long[CONCURRENCY];
            int[] activeKeys = new int[ACTIVE_KEYS];
            for (int k = 0; k < ACTIVE_KEYS; k++) {
                activeKeys[k] = k;
            }
            int nextKey = ACTIVE_KEYS;
            long nextValue = 0;
            for (int t = 0; t < TRANSACTIONS; t++) {
                long at = 1_000L * (t + CONCURRENCY);
                var view = state;
                if (snapshotAgeMax > 0 && !past.isEmpty()) {
                    view = past.get(Math.max(0, past.size() - 1 - random.nextInt(snapshotAgeMax)));
                }
                var seen = new TreeMap<>(view);
                var parts = new ArrayList<ListOp>();
                int size = 1 + random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    int slot = random.nextInt(ACTIVE_KEYS);
                    String key = Integer.toString(activeKeys[slot]);
                    var now = seen.getOrDefault(key, List.of());
                    boolean fresh = now.equals(state.getOrDefault(key, List.of()));
                    if (random.nextBoolean() || !fresh) {
                        parts.add(new ListOp.Read(key, now));
                    } else {
                        parts.add(ListOp.append(key, nextValue));
                        var more = new ArrayList<>(now);
                        more.add(nextValue++);
                        seen.put(key, List.copyOf(more));
                        state.put(key, List.copyOf(more));
                        if (more.size() >= WRITES_PER_KEY) {
                            activeKeys[slot] = nextKey++;
                        }
                    }
                }
                if (snapshotAgeMax > 0) {
                    past.add(new TreeMap<>(state));
                    if (past.size() > snapshotAgeMax) {
                        past.removeFirst();
                    }
                    int oldest = nextKey - 4 * ACTIVE_KEYS;
                    state.keySet().removeIf(key -> Integer.parseInt(key) < oldest);
                }
                int process = t % CONCURRENCY;
                long invoked = Math.max(freeAt[process], at - random.nextLong(10_000));
                long completed = at + random.nextLong(10_000);
                freeAt[process] = completed + 1;
                history.add(operation(t, process, parts, Math.min(invoked, at), completed));
            }
            return history;
        }
    }

    private static Operation<List<ListOp>, List<ListOp>> operation(
            int index, int process, List<ListOp> parts, long invoked, long completed) {
        var asked = parts.stream()
                .map(op -> op instanceof ListOp.Read ? ListOp.read(op.key()) : op)
                .toList();
        return new Operation<>(index, process, asked, invoked, new Outcome.Ok<>(List.copyOf(parts)), completed);
    }

    private static CheckResult check(
            String what, ConsistencyModel model, List<Operation<List<ListOp>, List<ListOp>>> history) {
        long start = System.nanoTime();
        var result = new ListAppendChecker(Set.of(model)).check(history);
        System.out.printf(
                "%s, %s: %d transactions in %d ms (heap at most %d MiB): %s%n",
                what,
                model.label(),
                history.size(),
                (System.nanoTime() - start) / 1_000_000,
                Runtime.getRuntime().maxMemory() >> 20,
                result.sentence());
        return result;
    }

    @Test
    void largeStrictHistoryIsValid() {
        var history = new Database(new SplittableRandom(1), 0).history();
        assertThat(check("list-append", ConsistencyModel.STRICT_SERIALIZABLE, history)
                        .validity())
                .isEqualTo(Validity.VALID);
    }

    /** One read in the middle misses the last eight elements, some of them appended long before it began. */
    @Test
    void oneStaleReadInALargeHistoryIsFound() {
        var history = new ArrayList<>(new Database(new SplittableRandom(2), 0).history());
        int at = TRANSACTIONS / 2;
        while (!makeStale(history, at)) {
            at++;
        }
        var result = check("list-append with one stale read", ConsistencyModel.STRICT_SERIALIZABLE, history);
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence()).contains("T" + at);
    }

    private static boolean makeStale(List<Operation<List<ListOp>, List<ListOp>>> history, int at) {
        var operation = history.get(at);
        if (operation.outcome() instanceof Outcome.Ok<List<ListOp>>(var parts)
                && parts.size() == 1
                && parts.getFirst() instanceof ListOp.Read(var key, var elements)
                && elements.size() > 8) {
            var stale = List.<ListOp>of(new ListOp.Read(key, elements.subList(0, elements.size() - 8)));
            history.set(
                    at,
                    operation(at, operation.process(), stale, operation.invokedNanos(), operation.completedNanos()));
            return true;
        }
        return false;
    }

    /** Old snapshots tie most transactions into one knot of write skew, which is the worst case for the search. */
    @Test
    void largeHistoryOfOldSnapshotsIsOneKnot() {
        var history = new Database(new SplittableRandom(3), 30).history();
        assertThat(check("list-append with old snapshots", ConsistencyModel.SERIALIZABLE, history)
                        .validity())
                .isEqualTo(Validity.INVALID);
        assertThat(check("list-append with old snapshots", ConsistencyModel.STRICT_SERIALIZABLE, history)
                        .validity())
                .isEqualTo(Validity.INVALID);
    }
}
