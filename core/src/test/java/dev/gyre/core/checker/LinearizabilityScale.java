package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * How long the verdict on 100,000 operations over 100 keys takes. Run its main with {@code -Xmx1g}; the argument is how
 * many processes use each key at once.
 */
final class LinearizabilityScale {
    private static final int KEYS = 100;
    private static final int OPERATIONS_PER_KEY = 1_000;
    private static final int MILLISECOND = 1_000_000;

    /** A value that is never written. */
    private static final long ALIEN = 99;

    private LinearizabilityScale() {}

    /** Makes and judges valid histories and broken ones, and prints how long that takes. */
    public static void main(String[] arguments) {
        int processes = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        int busy = 10 * MILLISECOND;
        for (int round = 0; round < 3; round++) {
            judge("all sure, always busy", new RandomHistory(processes, busy, MILLISECOND, 0), round);
            judge("1 % unknown, always busy", new RandomHistory(processes, busy, MILLISECOND, 10), round);
            judge("1 % unknown, half idle", new RandomHistory(processes, busy, 2 * busy, 10), round);
        }
    }

    private static void judge(String title, RandomHistory shape, long seed) {
        var history = history(shape, KEYS, OPERATIONS_PER_KEY, seed);
        report(title + ", valid", history);
        report(title + ", one read broken at the end of a key", withBrokenRead(history));
    }

    private static void report(
            String title,
            List<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>> history) {
        long began = System.nanoTime();
        var result = PerKey.check(history, key -> Linearizability.check(new RegisterModel<>(), key));
        long millis = (System.nanoTime() - began) / MILLISECOND;
        System.out.printf(
                "%-66s %d operations, %5d ms: %s %s%n",
                title, history.size(), millis, result.validity(), result.sentence());
    }

    /** Valid histories of registers, one after another, as one history. */
    static List<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>> history(
            RandomHistory shape, int keys, int operationsPerKey, long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var history = new ArrayList<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>>();
        for (int key = 0; key < keys; key++) {
            addKey(history, key, shape.linearizable(new Machine.Register(), operationsPerKey, random));
        }
        return history;
    }

    private static void addKey(
            List<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>> history,
            int key,
            List<Operation<RegisterModel.Input<Long>, RegisterModel.Output<Long>>> operations) {
        for (var operation : operations) {
            history.add(new Operation<>(
                    history.size(),
                    operation.process(),
                    new Keyed<>(key, operation.input()),
                    operation.invokedNanos(),
                    operation.outcome(),
                    operation.completedNanos()));
        }
    }

    /** The same history, whose last ok read answers what nobody wrote. */
    static List<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>> withBrokenRead(
            List<Operation<Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>> history) {
        int place = history.size() - 1;
        while (!history.get(place).isOk()
                || !(history.get(place).input().input() instanceof RegisterModel.Read<Long>)) {
            place--;
        }
        return RandomHistory.withOutcome(history, place, new Outcome.Ok<>(new RegisterModel.Value<>(ALIEN)));
    }

    /** For tests that want a little of all this. */
    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
