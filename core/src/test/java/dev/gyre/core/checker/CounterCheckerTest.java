package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.checker.CounterInput.Add;
import dev.gyre.core.checker.CounterInput.Read;
import dev.gyre.core.checker.CounterOutput.Added;
import dev.gyre.core.checker.CounterOutput.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CounterCheckerTest {
    private static final Added ADDED = new Added();
    private static final Read FINAL = new Read(true);

    @Test
    void finalReadsOfTheExactSumAreValid() {
        var result = check(history()
                .ok(0, 0, 1, new Add(3), ADDED)
                .ok(1, 0, 1, new Add(-5), ADDED)
                .ok(0, 10, 11, FINAL, new Value(-2))
                .ok(1, 10, 11, FINAL, new Value(-2)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("2 final reads agree with the sum of the acknowledged adds, -2.");
        assertThat(result.details())
                .containsEntry("errors", List.of())
                .containsEntry("final-reads", List.of(-2L, -2L))
                .containsEntry("acceptable", List.of(List.of(-2L, -2L)));
    }

    @Test
    void finalReadThatMissesAnAddIsInvalid() {
        var result = check(history()
                .ok(0, 0, 1, new Add(3), ADDED)
                .ok(1, 0, 1, new Add(4), ADDED)
                .ok(0, 10_000, 10_001, FINAL, new Value(7))
                .ok(1, 10_000, 10_002, FINAL, new Value(3)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo(
                        "A final read shows 3 (process 1, operation 3, 10 s to 10.002 s), which does not agree with the"
                                + " sum of the acknowledged adds, 7.");
        assertThat(result.details())
                .containsEntry("errors", List.of(Map.of("process", 1, "operation", 3, "value", 3L)));
    }

    @Test
    void readThatIsNotFinalMayShowAnything() {
        var result = check(history()
                .ok(0, 0, 1, new Add(3), ADDED)
                .ok(0, 5, 6, new Read(false), new Value(99))
                .ok(0, 10, 11, FINAL, new Value(3)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void unknownAddsMayOrMayNotCount() {
        var history = history()
                .ok(0, 0, 1, new Add(10), ADDED)
                .unknown(1, 0, 5, new Add(4))
                .unknown(2, 0, 5, new Add(-1));
        for (long value : new long[] {9, 10, 13, 14}) {
            history.ok(0, 10, 11, FINAL, new Value(value));
        }
        var result = check(history);
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.details()).containsEntry("acceptable", List.of(List.of(9L, 10L), List.of(13L, 14L)));
    }

    @Test
    void overlappingSumsOfUnknownAddsAreJoined() {
        var history = history();
        for (long delta : new long[] {3, 4, 5, 4}) {
            history.unknown(1, 0, 5, new Add(delta));
        }
        var result = check(history.ok(0, 10, 11, FINAL, new Value(5)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.details().get("acceptable"))
                .isEqualTo(List.of(
                        List.of(0L, 0L), List.of(3L, 5L), List.of(7L, 9L), List.of(11L, 13L), List.of(16L, 16L)));
    }

    @Test
    void valueBetweenTheSumsOfUnknownAddsIsInvalid() {
        var result = check(history()
                .ok(0, 0, 1, new Add(10), ADDED)
                .unknown(1, 0, 5, new Add(4))
                .ok(0, 10, 11, FINAL, new Value(13)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .endsWith(
                        "the sum of the acknowledged adds, 10, and perhaps the one add of unknown outcome: the acceptable"
                                + " value nearest to it is 14.");
    }

    @Test
    void failedAddsDidNotHappen() {
        var history = history().ok(0, 0, 1, new Add(2), ADDED).failed(1, 0, 1, new Add(1));
        assertThat(check(history.ok(0, 10, 11, FINAL, new Value(2))).validity()).isEqualTo(Validity.VALID);
        assertThat(check(history.ok(0, 20, 21, FINAL, new Value(3))).validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void withoutAFinalReadNothingIsJudged() {
        var result = check(history()
                .ok(0, 0, 1, new Add(2), ADDED)
                .ok(0, 2, 3, new Read(false), new Value(2))
                .unknown(0, 10, 20, FINAL));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void counterWithoutAddsIsZero() {
        assertThat(check(history().ok(0, 0, 1, FINAL, new Value(0))).validity()).isEqualTo(Validity.VALID);
        assertThat(check(history().ok(0, 0, 1, FINAL, new Value(1))).validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void thousandsOfUnknownSmallAddsAreJudgedExactly() {
        var history = history();
        for (int i = 0; i < 5_000; i++) {
            history.unknown(i, 0, 1, new Add(2));
        }
        assertThat(check(history.ok(0, 10, 11, FINAL, new Value(5_000))).validity())
                .isEqualTo(Validity.VALID);
        assertThat(check(history.ok(0, 20, 21, FINAL, new Value(4_999))).validity())
                .isEqualTo(Validity.INVALID);
    }

    @Test
    void tooManySeparateSumsAreJudgedByTheirRangeAlone() {
        var history = history();
        for (int bit = 1; bit <= 40; bit++) {
            history.unknown(bit, 0, 1, new Add(1L << bit));
        }
        var inside = check(history.ok(0, 10, 11, FINAL, new Value(3)));
        assertThat(inside.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(inside.sentence()).contains("40 adds of unknown outcome");
        assertThat(check(history.ok(0, 20, 21, FINAL, new Value(-1))).validity())
                .isEqualTo(Validity.INVALID);
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
        assertThatThrownBy(() -> check(history().ok(4, 0, 1, FINAL, ADDED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operation 0 of process 4");
    }

    private static TestHistory<CounterInput, CounterOutput> history() {
        return new TestHistory<>();
    }

    private static CheckResult check(TestHistory<CounterInput, CounterOutput> history) {
        return CounterChecker.check(history.operations());
    }
}
