package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ListAppendCheckerTest {
    @ParameterizedTest
    @MethodSource("dev.gyre.core.checker.elle.ListAppendCases#cases")
    void historyIsJudged(Case one) {
        var checker = new ListAppendChecker(Set.of(ConsistencyModel.named(one.model())));
        one.verify(checker.check(Script.lists(one.history())));
    }

    private static final ListAppendChecker SERIALIZABLE = new ListAppendChecker(Set.of(ConsistencyModel.SERIALIZABLE));

    @Test
    void historyWithoutAServedTransactionIsUnknown() {
        assertThat(SERIALIZABLE.check(Script.lists("p0 0-1 failed a x 1")).validity())
                .isEqualTo(Validity.UNKNOWN);
        assertThat(SERIALIZABLE.check(List.of()).sentence()).startsWith("No transaction was served");
    }

    @Test
    void elementAppendedTwiceLeavesTheVerdictUnknown() {
        var result = SERIALIZABLE.check(Script.lists("p0 0-1 ok a x 1\np1 2-3 failed a x 1"));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("element 1 is appended to key x more than once");
    }

    @Test
    void replyThatDoesNotRepeatItsRequestIsInvalid() {
        var operation = new Operation<List<ListOp>, List<ListOp>>(
                0, 0, List.of(ListOp.read("x")), 0, new Outcome.Ok<>(List.of(ListOp.read("y"))), 1);
        var result = SERIALIZABLE.check(List.of(operation));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence()).contains("T0 was answered, but not with its own parts");
    }

    @Test
    void budgetThatRunsOutLeavesTheVerdictUnknown() {
        var history = Script.lists("p0 0-1 ok a x 1\np1 2-3 ok r x 1\np2 4-5 ok r x 1");
        var result = new ListAppendChecker(Set.of(ConsistencyModel.SERIALIZABLE), 1).check(history);
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).startsWith("Gave up");
    }

    @Test
    void anomalyWithinTheBudgetIsStillInvalid() {
        var history = Script.lists("p0 0-9 ok a x 1\np1 0-9 ok r x 1 1\np2 0-9 ok r x 1");
        var result = new ListAppendChecker(Set.of(ConsistencyModel.SERIALIZABLE), 1).check(history);
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void detailsNameModelsStepsAndTransactions() {
        var result = SERIALIZABLE.check(Script.lists("p0 0-9 ok r x; a y 1\np1 0-9 ok r y; a x 2"));
        assertThat(result.details())
                .containsEntry("not", List.of("repeatable-read"))
                .containsEntry(
                        "also-not", List.of("serializable", "strong-session-serializable", "strict-serializable"))
                .containsEntry("rw-count", 2);
        assertThat(result.details().toString())
                .contains("steps=[T0 read key x as empty", "T1: read y = [], append 2 to x");
    }

    @Test
    void callersMayChangeTheirHistoryInPlaceAfterwards() {
        var history = new ArrayList<>(Script.lists("p1 2-3 ok r x 1\np0 0-1 ok a x 1"));
        var first = new ListAppendChecker(Set.of(ConsistencyModel.STRICT_SERIALIZABLE)).check(history);
        history.clear();
        assertThat(first.validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void checkerNeedsAModelAndABudget() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ListAppendChecker(Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListAppendChecker(Set.of(ConsistencyModel.SERIALIZABLE), 0));
    }
}
