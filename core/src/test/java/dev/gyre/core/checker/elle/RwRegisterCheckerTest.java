package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.Validity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RwRegisterCheckerTest {
    static Stream<Case> cases() {
        return Stream.of(
                Case.valid("one after the other", "strict-serializable", """
                        p0 0-1 ok r x _; w x 1
                        p1 2-3 ok r x 1; w x 2; r x 2
                        """, "show nothing"),
                Case.valid("the order of blind writes is anyone's guess", "strict-serializable", """
                        p0 0-1 ok w x 1
                        p1 2-3 ok w x 2
                        p2 4-5 ok r x 1
                        """, "show nothing"),
                Case.valid("an unknown write that was not read", "strict-serializable", """
                        p0 0-1 unknown w x 1
                        p1 2-3 ok r x _
                        """, "show nothing"),
                Case.valid(
                        "read skew is what read-committed allows",
                        "read-committed",
                        """
                        p0 0-9 ok w x 1; w y 1
                        p1 0-9 ok r x 1; r y _
                        """,
                        "it allows what was found: G-single"),
                Case.invalid(
                        "aborted read",
                        "read-committed",
                        """
                        p0 0-1 failed w x 1
                        p1 2-3 ok r x 1
                        """,
                        "G1a",
                        "T1 read key x = 1, which T0 had written, but T0 failed"),
                Case.invalid(
                        "intermediate read",
                        "read-committed",
                        """
                        p0 0-9 ok w x 1; w x 2
                        p1 0-9 ok r x 1
                        """,
                        "G1b",
                        "T1 read key x = 1, which T0 wrote and then overwrote"),
                Case.invalid(
                        "value out of nowhere",
                        "read-uncommitted",
                        """
                        p0 0-1 ok r x 9
                        """,
                        "unwritten-read",
                        "T0 read key x = 9, which nobody wrote"),
                Case.invalid(
                        "own write not seen",
                        "read-atomic",
                        """
                        p0 0-1 ok w x 1; r x _
                        """,
                        "internal",
                        "T0 read key x = nothing, where its own earlier parts call for 1"),
                Case.invalid(
                        "two reads of one transaction differ",
                        "read-atomic",
                        """
                        p0 0-9 ok r x _; r x 1
                        p1 0-9 ok w x 1
                        """,
                        "internal",
                        "T0 read key x = 1, where its own earlier parts call for nothing"),
                Case.invalid(
                        "own write seen too early", "serializable", """
                        p0 0-1 ok r x 1; w x 1
                        """, "future-read", "before it wrote that itself"),
                Case.invalid(
                        "circular information flow",
                        "read-committed",
                        """
                        p0 0-9 ok w x 1; r y 2
                        p1 0-9 ok w y 2; r x 1
                        """,
                        "G1c",
                        "T0 wrote key x = 1, which T1 read; T1 wrote key y = 2, which T0 read"),
                Case.invalid(
                        "write cycle",
                        "read-uncommitted",
                        """
                        p0 0-9 ok w x 1; r y 2; w y 1
                        p1 0-9 ok r x 1; w x 2; w y 2
                        """,
                        "G0",
                        "T0 wrote key x = 1, which T1 overwrote with 2 (T1 read 1 before it wrote 2)"),
                Case.invalid(
                        "read skew",
                        "snapshot-isolation",
                        """
                        p0 0-9 ok w x 1; w y 1
                        p1 0-9 ok r x 1; r y _
                        """,
                        "G-single",
                        "T1 read key y = nothing, which T0 overwrote with 1 (every key begins with nothing)"),
                Case.invalid(
                        "long fork", "snapshot-isolation", """
                        p0 0-9 ok w x 1
                        p1 0-9 ok w y 1
                        p2 0-9 ok r x 1; r y _
                        p3 0-9 ok r x _; r y 1
                        """, "G-nonadjacent", "no order of these 4 transactions"),
                Case.invalid(
                        "write skew",
                        "repeatable-read",
                        """
                        p0 0-9 ok r x _; w y 1
                        p1 0-9 ok r y _; w x 1
                        """,
                        "G2-item",
                        "T0 read key x = nothing, which T1 overwrote with 1"),
                Case.invalid(
                        "lost update",
                        "cursor-stability",
                        """
                        p0 0-1 ok w x 1
                        p1 2-9 ok r x 1; w x 2
                        p2 2-9 ok r x 1; w x 3
                        """,
                        "lost-update",
                        "T1 and T2 both read key x = 1 and then wrote it"),
                Case.invalid(
                        "versions in a circle",
                        "read-uncommitted",
                        """
                        p0 0-9 ok r x 2; w x 1
                        p1 0-9 ok r x 1; w x 2
                        """,
                        "cyclic-versions",
                        "T1 read 1 before it wrote 2; T0 read 2 before it wrote 1"),
                Case.invalid(
                        "stale read of nothing",
                        "strict-serializable",
                        """
                        p0 0-1 ok w x 1
                        p1 2-3 ok r x _
                        """,
                        "G-single-realtime",
                        "T0 ended before T1 began"),
                Case.invalid(
                        "part of an unknown transaction",
                        "snapshot-isolation",
                        """
                        p0 0-1 unknown w x 1; w y 1
                        p1 2-3 ok r x 1; r y _
                        """,
                        "G-single",
                        "which T0 overwrote with 1"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void historyIsJudged(Case one) {
        var checker = new RwRegisterChecker(Set.of(ConsistencyModel.named(one.model())));
        one.verify(checker.check(Script.registers(one.history())));
    }

    private static final Set<ConsistencyModel> STRICT = Set.of(ConsistencyModel.STRICT_SERIALIZABLE);
    private static final String STALE = "p0 0-1 ok w x 1\np0 2-3 ok w x 2\np1 4-5 ok r x 1";

    private static RwRegisterChecker assuming(KeyAssumption... assumptions) {
        var set = EnumSet.noneOf(KeyAssumption.class);
        set.addAll(List.of(assumptions));
        return new RwRegisterChecker(STRICT, set, 1000);
    }

    @Test
    void staleReadOfABlindWriteShowsOnlyIfKeysAreAssumedInOrder() {
        var history = Script.registers(STALE);
        assertThat(assuming().check(history).validity()).isEqualTo(Validity.VALID);
        var sequential = assuming(KeyAssumption.SEQUENTIAL).check(history);
        assertThat(sequential.sentence()).contains("process 0 met 1 in T0, then 2 in T1");
        var linearizable = assuming(KeyAssumption.LINEARIZABLE).check(history);
        assertThat(linearizable.validity()).isEqualTo(Validity.INVALID);
        assertThat(linearizable.details()).containsEntry("anomaly-types", List.of("cyclic-versions"));
    }

    @Test
    void processComesFromTheVersionThatItMetLast() {
        var history = Script.registers("p0 0-1 ok r x _; w x 1\np0 2-3 ok w x 2\np1 4-5 ok r x 2\np1 6-7 ok r x 1");
        assertThat(assuming(KeyAssumption.SEQUENTIAL).check(history).sentence())
                .contains("process 0 met 1 in T0, then 2 in T1; process 1 met 2 in T2, then 1 in T3");
    }

    @Test
    void circularVersionsOfOneKeyLeaveTheOthersInOrder() {
        var history = Script.registers(STALE + "\np2 6-7 ok w y 1\np2 8-9 ok w y 2");
        assertThat(assuming(KeyAssumption.LINEARIZABLE).check(history).details())
                .containsEntry("version-edge-count", 5);
    }

    @Test
    void detailsSayHowMuchOfTheVersionOrderIsKnown() {
        var history = Script.registers("p0 0-1 ok w x 1\np1 0-1 ok w x 2\np2 2-3 ok r x 2; w x 3");
        assertThat(assuming().check(history).details())
                .containsEntry("version-edge-count", 4)
                .containsEntry("version-pair-count", 6L)
                .containsEntry("wr-count", 1)
                .containsEntry("ww-count", 1);
    }

    @Test
    void valueWrittenTwiceLeavesTheVerdictUnknown() {
        var result = assuming().check(Script.registers("p0 0-1 ok w x 1\np1 2-3 ok w x 1"));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("value 1 is written to key x more than once");
    }

    @Test
    void budgetThatRunsOutLeavesTheVerdictUnknown() {
        var history = Script.registers("p0 0-1 ok w x 1\np1 2-3 ok r x 1\np2 4-5 ok r x 1");
        assertThat(new RwRegisterChecker(STRICT, Set.of(), 1).check(history).validity())
                .isEqualTo(Validity.UNKNOWN);
    }
}
