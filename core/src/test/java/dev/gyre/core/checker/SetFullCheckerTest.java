package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.checker.SetInput.Add;
import dev.gyre.core.checker.SetInput.Read;
import dev.gyre.core.checker.SetOutput.Added;
import dev.gyre.core.checker.SetOutput.Elements;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SetFullCheckerTest {
    private static final Added ADDED = new Added();
    private static final Read READ = new Read();

    @Test
    void elementsThatStayVisibleAreValid() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(1, 5, 15, new Add(2), ADDED)
                .ok(0, 20, 30, READ, Elements.of(2, 1)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("2 of 2 elements stayed visible in 1 read, and none was lost.");
        assertThat(result.details())
                .containsEntry("attempt-count", 2)
                .containsEntry("stable-count", 2)
                .containsEntry("stable-latencies", Map.of("0", 0L, "0.5", 0L, "0.95", 0L, "0.99", 0L, "1", 0L));
    }

    @Test
    void acknowledgedElementThatNoReadShowsIsLost() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(1, 0, 10, new Add(2), ADDED)
                .ok(0, 1000, 1100, READ, Elements.of(2)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo("Element 1 is lost: its add was acknowledged (process 0, operation 0, 0 s to 0.01 s), but a"
                        + " later read misses it (process 0, operation 2, 1 s to 1.1 s), and none shows it after.");
        assertThat(result.details()).containsEntry("lost", List.of(1L)).containsEntry("lost-count", 1);
    }

    @Test
    void elementThatVanishesAfterItWasReadIsLost() {
        var result = check(history()
                .unknown(0, 0, 5000, new Add(1))
                .ok(1, 20, 30, READ, Elements.of(1))
                .ok(2, 500, 510, READ, Elements.of(1))
                .ok(1, 600, 610, READ, Elements.of()));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .startsWith(
                        "Element 1 is lost: a read shows it (process 1, operation 1, 0.02 s to 0.03 s), a read still"
                                + " shows it (process 2, operation 2, 0.5 s to 0.51 s), but a later read misses it");
        // Known at 30 ms, last seen by the read that began at 500 ms.
        assertThat(result.details())
                .containsEntry("lost-latencies", Map.of("0", 470L, "0.5", 470L, "0.95", 470L, "0.99", 470L, "1", 470L));
    }

    @Test
    void readThatBeganBeforeTheAcknowledgementMayMissTheElement() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(1, 9, 30, READ, Elements.of())
                .ok(2, 0, 5, new Add(2), ADDED));
        assertThat(result.details())
                .containsEntry("lost", List.of(2L))
                .containsEntry("never-read", List.of(1L))
                .containsEntry("never-read-count", 1);
    }

    @Test
    void elementMissedForAWhileIsStaleButValid() {
        var result = check(history()
                .ok(0, 0, 10, new Add(7), ADDED)
                .ok(0, 20, 30, READ, Elements.of(7))
                .ok(1, 260, 270, READ, Elements.of())
                .ok(1, 300, 310, READ, Elements.of(7)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.details())
                .containsEntry("stale", List.of(7L))
                .containsEntry("stale-count", 1)
                .containsEntry(
                        "worst-stale",
                        List.of(Map.of("element", 7L, "stable-latency", 250L, "known", 0, "last-absent", 2)));
    }

    @Test
    void latencyQuantilesTakeTheFloorOfTheirPlace() {
        // Element i, of 0..10, is known at 0 ms and last missed by the read that begins at 10 * i ms.
        var history = history();
        for (int i = 0; i < 11; i++) {
            history.ok(i, 0, 0, new Add(i), ADDED);
        }
        for (int i = 1; i <= 11; i++) {
            history.ok(
                    0,
                    10L * (i - 1),
                    10L * i,
                    READ,
                    Elements.of(LongStream.range(0, i - 1).toArray()));
        }
        history.ok(0, 200, 201, READ, Elements.of(LongStream.range(0, 11).toArray()));
        assertThat(check(history).details())
                .containsEntry("stable-latencies", Map.of("0", 0L, "0.5", 50L, "0.95", 100L, "0.99", 100L, "1", 100L));
    }

    @Test
    void stalestElementsComeFirst() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(0, 20, 30, new Add(2), ADDED)
                .ok(0, 40, 45, READ, Elements.of(1))
                .ok(0, 50, 55, READ, Elements.of(2))
                .ok(0, 60, 65, READ, Elements.of(1, 2)));
        assertThat(result.details().get("worst-stale"))
                .isEqualTo(List.of(
                        Map.of("element", 1L, "stable-latency", 40L, "known", 0, "last-absent", 3),
                        Map.of("element", 2L, "stable-latency", 10L, "known", 1, "last-absent", 2)));
    }

    @Test
    void readBeforeTheAddDoesNotMakeItStale() {
        var result = check(history()
                .ok(0, 0, 10, READ, Elements.of())
                .ok(0, 500, 510, new Add(1), ADDED)
                .ok(0, 520, 530, READ, Elements.of(1)));
        assertThat(result.details())
                .containsEntry("stale-count", 0)
                .containsEntry("stable-latencies", Map.of("0", 0L, "0.5", 0L, "0.95", 0L, "0.99", 0L, "1", 0L));
    }

    @Test
    void elementAddedAgainIsKnownSinceItsFirstAcknowledgement() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(1, 50, 60, READ, Elements.of())
                .ok(0, 70, 80, new Add(1), ADDED)
                .ok(1, 90, 95, READ, Elements.of(1)));
        assertThat(result.details()).containsEntry("stale", List.of(1L)).containsEntry("attempt-count", 1);
    }

    @Test
    void elementWhoseFailedAddWasRetriedIsExpected() {
        var result = check(history()
                .failed(0, 0, 10, new Add(1))
                .ok(0, 20, 30, new Add(1), ADDED)
                .ok(0, 40, 50, READ, Elements.of(1)));
        assertThat(result.validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void orderOfTheListDoesNotMatter() {
        var operations = history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(0, 20, 30, READ, Elements.of())
                .ok(0, 40, 50, READ, Elements.of())
                .ok(0, 60, 70, READ, Elements.of(1))
                .operations();
        assertThat(SetFullChecker.check(operations.reversed())).isEqualTo(SetFullChecker.check(operations));
    }

    @Test
    void readThatHoldsAnElementTwiceIsInvalid() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(0, 20, 30, READ, Elements.of(1, 1, 1))
                .ok(0, 40, 50, READ, Elements.of(1, 1)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo("A read (process 0, operation 1, 0.02 s to 0.03 s) holds element 1 3 times.");
        assertThat(result.details()).containsEntry("duplicated", Map.of("1", 3)).containsEntry("duplicated-count", 1);
    }

    @Test
    void elementInTwoReadsIsNoDuplicate() {
        var result = check(history()
                .ok(0, 0, 10, new Add(1), ADDED)
                .ok(0, 20, 30, READ, Elements.of(1))
                .ok(0, 40, 50, READ, Elements.of(1)));
        assertThat(result.details()).containsEntry("duplicated-count", 0);
    }

    @Test
    void elementThatNobodyAddedIsInvalid() {
        var result = check(history().ok(0, 0, 10, new Add(1), ADDED).ok(0, 20, 30, READ, Elements.of(1, 99)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo("A read (process 0, operation 1, 0.02 s to 0.03 s) shows element 99, which nobody added.");
        assertThat(result.details())
                .containsEntry("unexpected", List.of(99L))
                .containsEntry("unexpected-count", 1)
                .containsEntry("attempt-count", 1);
    }

    @Test
    void elementWhoseAddFailedIsUnexpected() {
        var result = check(history().failed(0, 0, 10, new Add(1)).ok(0, 20, 30, READ, Elements.of(1)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .endsWith("shows element 1, whose add failed (process 0, operation 0, 0 s to 0.01 s).");
    }

    @Test
    void elementShownBeforeItsAddBeganIsUnexpected() {
        var result = check(history()
                .ok(0, 0, 10, READ, Elements.of(1))
                .ok(0, 11, 20, new Add(1), ADDED)
                .ok(0, 21, 30, READ, Elements.of(1)));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence()).contains("shows element 1, before its add began (process 0, operation 1");
    }

    @Test
    void elementOfUnknownOutcomeMayAppearOrNot() {
        var history = history()
                .unknown(0, 0, 5000, new Add(1))
                .unknown(1, 0, 5000, new Add(2))
                .ok(2, 6000, 6010, READ, Elements.of(2));
        var result = check(history);
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.details()).containsEntry("never-read", List.of(1L)).containsEntry("stable-count", 1);
    }

    @Test
    void withoutAReadNothingIsJudged() {
        var result = check(history().ok(0, 0, 10, new Add(1), ADDED).unknown(1, 20, 30, READ));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).isEqualTo("Nothing can be judged: no read was answered.");
    }

    @Test
    void withoutAStableElementNothingIsJudged() {
        var result = check(history().unknown(0, 0, 10, new Add(1)).ok(1, 20, 30, READ, Elements.of()));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void readAnsweredLikeAnAddIsRejectedWithItsPlace() {
        assertThatThrownBy(() -> check(history().ok(3, 0, 10, READ, ADDED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operation 0 of process 3");
    }

    @Test
    void thousandsOfReadsOfThousandsOfElementsAreJudged() {
        int size = 4_000;
        var history = history();
        for (int i = 0; i < size; i++) {
            history.ok(0, 10L * i, 10L * i + 1, new Add(i), ADDED);
            var seen = LongStream.rangeClosed(0, i).filter(element -> element != 1234);
            history.ok(1, 10L * i + 5, 10L * i + 6, READ, Elements.of(seen.toArray()));
        }
        var result = check(history);
        assertThat(result.details()).containsEntry("lost", List.of(1234L)).containsEntry("stable-count", size - 1);
    }

    private static TestHistory<SetInput, SetOutput> history() {
        return new TestHistory<>();
    }

    private static CheckResult check(TestHistory<SetInput, SetOutput> history) {
        return SetFullChecker.check(history.operations());
    }
}
