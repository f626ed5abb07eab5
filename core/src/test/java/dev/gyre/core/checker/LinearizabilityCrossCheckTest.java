package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** On tiny random histories, the search must agree with {@link BruteForce}: 20,000 in all, valid and invalid ones mixed. */
final class LinearizabilityCrossCheckTest {
    private static final int HISTORIES = 4_000;

    @Test
    void registersAgreeWithBruteForce() {
        compare(new RegisterModel<>(), Machine.Register::new, 1);
    }

    @Test
    void setsAgreeWithBruteForce() {
        compare(new SetModel(), Machine.GrowingSet::new, 2);
    }

    @Test
    void queuesAgreeWithBruteForce() {
        compare(new QueueModel<>(), Machine.Queue::new, 3);
    }

    @Test
    void logsAgreeWithBruteForce() {
        compare(new LogModel<>(), Machine.Log::new, 4);
    }

    @Test
    void locksAgreeWithBruteForce() {
        compare(new MutexModel(), Machine.Mutex::new, 5);
    }

    private static <S, I, O> void compare(Model<S, I, O> model, Supplier<? extends Machine<I, O>> machines, long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var bruteForce = new BruteForce<I, O>(machines);
        int valid = 0;
        for (int i = 0; i < HISTORIES; i++) {
            var history = tiny(machines.get(), random);
            boolean expected = bruteForce.isLinearizable(history);
            var result = Linearizability.check(model, history);
            assertThat(result.validity())
                    .as("history %d of seed %d: %s: %s", i, seed, history, result.sentence())
                    .isEqualTo(expected ? Validity.VALID : Validity.INVALID);
            valid += expected ? 1 : 0;
        }
        System.out.printf("%s: %d valid, %d invalid%n", model.getClass().getSimpleName(), valid, HISTORIES - valid);
        assertThat(valid).isBetween(HISTORIES / 10, HISTORIES - HISTORIES / 10);
    }

    /** Three processes that overlap and often touch, a tenth without an answer; in most histories one or two lies. */
    private static <I, O> List<Operation<I, O>> tiny(Machine<I, O> machine, RandomGenerator random) {
        var history = new RandomHistory(3, 6, 2, 150).linearizable(machine, random.nextInt(3, 8), random);
        for (int lies = random.nextInt(3); lies > 0; lies--) {
            int place = random.nextInt(history.size());
            O lie = machine.randomOutput(random, history.get(place).input());
            history = RandomHistory.withOutcome(history, place, new Outcome.Ok<>(lie));
        }
        return history;
    }
}
