package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CounterInput.Add;
import dev.gyre.core.checker.CounterInput.Read;
import dev.gyre.core.checker.CounterOutput.Added;
import dev.gyre.core.checker.CounterOutput.Value;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ExactlyOnceCheckerTest {
    private static final Added ADDED = new Added();
    private static final Read READ = new Read(false);
    private static final Read FINAL = new Read(true);
    private static final int HISTORIES = 20_000;

    @Test
    void readsThatCountEachAddOnceAreValid() {
        var result = check(history()
                .ok(0, 0, 10, new Add(3), ADDED)
                .ok(1, 20, 30, READ, new Value(3))
                .ok(0, 40, 50, new Add(-5), ADDED)
                .ok(1, 60, 70, FINAL, new Value(-2)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("2 reads count each add exactly once, of 2 adds.");
        assertThat(result.details())
                .containsEntry("errors", List.of())
                .containsEntry("error-count", 0)
                .containsEntry("read-count", 2)
                .containsEntry("final-read-count", 1L);
    }

    @Test
    void addThatAFinalReadLeavesOutIsLost() {
        var result = check(history()
                .ok(0, 0, 10, new Add(100), ADDED)
                .ok(0, 20, 30, new Add(7), ADDED)
                .ok(1, 40, 50, READ, new Value(100))
                .ok(1, 60, 70, FINAL, new Value(100)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo(
                        "A final read shows 100 (process 1, operation 3, 0.06 s to 0.07 s), and leaves out the add of 7"
                                + " (process 0, operation 1, 0.02 s to 0.03 s), acknowledged before it began (lost-add).");
        assertThat(result.details()).containsEntry("error-count", 2);
        assertThat((List<?>) result.details().get("errors"))
                .last()
                .hasToString("{process=1, operation=3, value=100, nearest=107, anomaly=lost-add, adds=[1]}");
    }

    @Test
    void totalThatLagsBehindIsStale() {
        var result = check(history()
                .ok(0, 0, 10, new Add(100), ADDED)
                .ok(0, 20, 30, new Add(7), ADDED)
                .ok(0, 30, 35, new Add(9), ADDED)
                .ok(1, 40, 50, READ, new Value(100))
                .ok(1, 60, 70, FINAL, new Value(116)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .startsWith("A read shows 100 (process 1, operation 3,")
                .contains("leaves out the add of 7 (process 0, operation 1,")
                .contains(" and the add of 9 (process 0, operation 2,")
                .endsWith("(stale-total).");
    }

    @Test
    void addThatCountsTwiceIsTold() {
        var result = check(history()
                .ok(0, 0, 10, new Add(100), ADDED)
                .unknown(1, 0, 10, new Add(7))
                .ok(0, 60, 70, FINAL, new Value(114)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .endsWith("counts twice the add of 7 (process 1, operation 1, invoked at 0 s, outcome unknown)"
                        + " (doubled-add).");
    }

    @Test
    void addThatFailedAndCountsIsTold() {
        var result = check(history()
                .ok(0, 0, 10, new Add(100), ADDED)
                .failed(1, 0, 10, new Add(7))
                .ok(0, 60, 70, FINAL, new Value(107)));
        assertThat(result.sentence())
                .endsWith("counts the add of 7 (process 1, operation 1, 0 s to 0.01 s), which failed (failed-add).");
    }

    @Test
    void totalThatNoAddsExplainIsInvented() {
        var result = check(history().ok(0, 0, 10, new Add(100), ADDED).ok(0, 60, 70, FINAL, new Value(101)));
        assertThat(result.sentence())
                .endsWith("no adds sum up to that: the acceptable value nearest to it is 100 (invented-value).");
    }

    @Test
    void addsBesideAReadMayCountAndLaterOnesMayNot() {
        var history = history()
                .ok(0, 0, 20, new Add(1), ADDED) // touches the read
                .ok(1, 15, 40, new Add(10), ADDED)
                .ok(2, 31, 50, new Add(100), ADDED);
        for (long value : new long[] {0, 1, 10, 11}) {
            assertThat(readBetween(history, value)).as("%d", value).isEqualTo(Validity.VALID);
        }
        for (long value : new long[] {100, 101, 111, 2}) {
            assertThat(readBetween(history, value)).as("%d", value).isEqualTo(Validity.INVALID);
        }
    }

    private static Validity readBetween(TestHistory<CounterInput, CounterOutput> history, long value) {
        var operations = new ArrayList<>(history.operations());
        operations.addAll(history()
                .ok(9, 20, 30, READ, new Value(value))
                .ok(9, 90, 99, FINAL, new Value(111))
                .operations());
        return ExactlyOnceChecker.check(operations).validity();
    }

    @Test
    void addOfUnknownOutcomeMayCountEverAfterButOnce() {
        for (long value : new long[] {5, 12}) {
            assertThat(unknownThenRead(value)).as("%d", value).isEqualTo(Validity.VALID);
        }
        for (long value : new long[] {7, 19, 0}) {
            assertThat(unknownThenRead(value)).as("%d", value).isEqualTo(Validity.INVALID);
        }
    }

    private static Validity unknownThenRead(long value) {
        return check(history()
                        .ok(0, 0, 1, new Add(5), ADDED)
                        .unknown(1, 0, 1, new Add(7))
                        .ok(0, 900, 901, FINAL, new Value(value)))
                .validity();
    }

    @Test
    void withoutAFinalReadNobodyKnowsWhatWasLost() {
        var result = check(history().ok(0, 0, 1, new Add(5), ADDED).ok(0, 2, 3, READ, new Value(5)));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("No final read was answered");
        assertThat(check(history().ok(0, 2, 3, READ, new Value(0))).validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void moreUnknownAddsThanCanBeToldApartAreNotCalledRight() {
        var history = history();
        for (int i = 1; i <= 40; i++) { // even sums, none beside another
            history.unknown(i, 0, 1, new Add(1L << i));
        }
        var inside = history.ok(50, 10, 11, FINAL, new Value(1 << 20));
        assertThat(check(inside).validity()).isEqualTo(Validity.UNKNOWN);
        var outside = check(inside.ok(50, 20, 21, FINAL, new Value(-1)));
        assertThat(outside.validity()).isEqualTo(Validity.INVALID);
        assertThat(outside.sentence()).endsWith("(invented-value).");
    }

    @Test
    void sumsBeyondALongAreNotJudged() {
        var result = check(history()
                .ok(0, 0, 1, new Add(Long.MAX_VALUE), ADDED)
                .ok(0, 2, 3, new Add(1), ADDED)
                .ok(0, 4, 5, FINAL, new Value(Long.MIN_VALUE)));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("64 bits");
    }

    @Test
    void readAnsweredLikeAnAddIsRejectedWithItsPlace() {
        assertThatThrownBy(() -> check(history().ok(4, 0, 1, READ, ADDED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operation 0 of process 4");
    }

    /** Small histories, with values so small that many different adds explain one sum. */
    @Test
    void verdictsAreThoseOfTryingAllSubsets() {
        var random = new SplittableRandom(1);
        var verdicts = new EnumMap<Validity, Integer>(Validity.class);
        for (int i = 0; i < HISTORIES; i++) {
            var history = draw(random);
            var expected = bruteForce(history);
            assertThat(ExactlyOnceChecker.check(history).validity())
                    .as("history %d: %s", i, history)
                    .isEqualTo(expected);
            verdicts.merge(expected, 1, Integer::sum);
        }
        assertThat(verdicts.values()).as("%s", verdicts).hasSize(3).allMatch(count -> count > HISTORIES / 20);
    }

    private static List<Operation<CounterInput, CounterOutput>> draw(SplittableRandom random) {
        var history = history();
        long sum = 0;
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            long from = random.nextInt(20);
            long to = from + random.nextInt(8);
            if (random.nextInt(3) > 0) {
                long delta = random.nextInt(-2, 6);
                switch (random.nextInt(4)) {
                    case 0 -> history.unknown(i, from, to, new Add(delta));
                    case 1 -> history.failed(i, from, to, new Add(delta));
                    default -> history.ok(i, from, to, new Add(delta), ADDED);
                }
                sum += delta;
            } else {
                boolean isFinal = random.nextBoolean();
                long value = random.nextBoolean() ? sum : random.nextInt(-3, 12);
                history.ok(i, from, to, new Read(isFinal), new Value(value));
            }
        }
        return history.operations();
    }

    private static Validity bruteForce(List<Operation<CounterInput, CounterOutput>> history) {
        var adds = history.stream()
                .filter(operation -> operation.input() instanceof Add)
                .toList();
        boolean hasFinal = false;
        for (var read : history) {
            if (read.input() instanceof Read(boolean isFinal)) {
                hasFinal |= isFinal;
                boolean isExplained = false;
                for (int subset = 0; subset < 1 << adds.size(); subset++) {
                    isExplained |= explains(subset, adds, read);
                }
                if (!isExplained) {
                    return Validity.INVALID;
                }
            }
        }
        return hasFinal || adds.isEmpty() ? Validity.VALID : Validity.UNKNOWN;
    }

    private static boolean explains(
            int subset,
            List<Operation<CounterInput, CounterOutput>> adds,
            Operation<CounterInput, CounterOutput> read) {
        long sum = 0;
        for (int i = 0; i < adds.size(); i++) {
            var add = adds.get(i);
            boolean counts = (subset >> i & 1) == 1;
            boolean must = add.isOk() && add.completedNanos() < read.invokedNanos();
            boolean mustNot = add.outcome() instanceof Outcome.Failed || add.invokedNanos() > read.completedNanos();
            if (counts ? mustNot : must) {
                return false;
            }
            sum += counts && add.input() instanceof Add(long delta) ? delta : 0;
        }
        return read.outcome() instanceof Outcome.Ok<CounterOutput>(Value(long value)) && value == sum;
    }

    private static TestHistory<CounterInput, CounterOutput> history() {
        return new TestHistory<>();
    }

    private static CheckResult check(TestHistory<CounterInput, CounterOutput> history) {
        return ExactlyOnceChecker.check(history.operations());
    }
}
