package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.gyre.core.checker.RegisterModel.Done;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.Read;
import dev.gyre.core.checker.RegisterModel.Value;
import dev.gyre.core.checker.RegisterModel.Write;
import dev.gyre.core.history.Operation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LinearizabilityTest {
    private static final RegisterModel<Long> REGISTER = new RegisterModel<>();
    private static final Done<Long> DONE = new Done<>();

    @Test
    void emptyHistoryIsValid() {
        var result = Linearizability.check(REGISTER, List.of());
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("0 operations are linearizable.");
    }

    @Test
    void countsTellWhatWasLeftOut() {
        var history = history()
                .ok(0, 0, 1, new Write<>(1L), DONE)
                .unknown(1, 0, 1, new Write<>(2L))
                .unknown(2, 0, 1, new Read<>())
                .failed(3, 0, 1, new Write<>(3L));
        assertThat(Linearizability.check(REGISTER, history.operations()).details())
                .containsEntry("operation-count", 4)
                .containsEntry("ok-count", 1)
                .containsEntry("unknown-count", 1)
                .containsEntry("left-out-count", 2);
    }

    @Test
    void orderOfTheListDoesNotMatter() {
        var operations = stale().operations();
        assertThat(Linearizability.check(REGISTER, operations.reversed()).sentence())
                .isEqualTo(Linearizability.check(REGISTER, operations).sentence());
    }

    @Test
    void counterexampleListsStatesConcurrentOperationsAndPrefix() {
        var result = Linearizability.check(REGISTER, stale().operations());
        assertThat(result.sentence())
                .isEqualTo(
                        "Not linearizable: read answered 1 (process 1, operation 3, 0.02 s to 0.03 s) fits no order; with"
                                + " everything placed that completed before it did, the state is 2 or 3; at the same time ran"
                                + " write 3 (process 0, operation 2, 0.015 s to 0.04 s).");
        assertThat(result.details())
                .containsEntry("operation", "read answered 1 (process 1, operation 3, 0.02 s to 0.03 s)")
                .containsEntry("states", List.of("2", "3"))
                .containsEntry("concurrent", List.of("write 3 (process 0, operation 2, 0.015 s to 0.04 s)"))
                .containsEntry("longest-prefix-count", 2)
                .containsEntry(
                        "longest-prefix",
                        List.of(
                                "write 1 (process 0, operation 0, 0 s to 0.005 s)",
                                "write 2 (process 0, operation 1, 0.006 s to 0.01 s)"));
    }

    @Test
    void earliestOperationThatCannotBePlacedIsNamed() {
        var history = stale().ok(1, 50, 60, new Read<>(), new Value<>(77L));
        var result = Linearizability.check(REGISTER, history.operations());
        assertThat(result.sentence()).contains("read answered 1 (process 1, operation 3");
        assertThat(result.details())
                .containsEntry("concurrent", List.of("write 3 (process 0, operation 2, 0.015 s to 0.04 s)"));
    }

    @Test
    void manyConcurrentOperationsAreCounted() {
        var history = history();
        for (int i = 0; i < 10; i++) {
            history.ok(i, 0, 100, new Write<>((long) i), DONE);
        }
        history.ok(10, 50, 60, new Read<>(), new Value<>(77L));
        var result = Linearizability.check(REGISTER, history.operations());
        assertThat(result.sentence())
                .contains("the state is absent or ", " or 7 more; at the same time ran write 0 ")
                .endsWith(" and 6 more.");
        assertThat(result.details().get("states")).asInstanceOf(LIST).hasSize(11);
    }

    @Test
    void spentStepsAreAnUnknownVerdict() {
        var history = hard();
        var result = Linearizability.check(REGISTER, history, new SearchBudget(1_000, 1 << 20));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("the budget of 1000 steps was spent", "raise the budget");
        assertThat(result.details()).containsKeys("operation", "longest-prefix");
    }

    @Test
    void spentMemoryIsAnUnknownVerdict() {
        var result = Linearizability.check(REGISTER, hard(), new SearchBudget(1_000_000_000, 1 << 20));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("the budget of 1048576 bytes of memory was spent");
    }

    @Test
    void largeStatesCountAsMemory() {
        var history = new TestHistory<SetInput, SetOutput>();
        for (int i = 0; i < 300; i++) {
            history.ok(0, 2L * i, 2L * i + 1, new SetInput.Add(i), new SetOutput.Added());
        }
        var tight = Linearizability.check(new SetModel(), history.operations(), new SearchBudget(1_000, 200_000));
        assertThat(tight.sentence()).contains("bytes of memory was spent");
        var ample = Linearizability.check(new SetModel(), history.operations(), new SearchBudget(1_000, 600_000));
        assertThat(ample.validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void stepsAndSentencesAreTheSameInEachRun() {
        var budget = new SearchBudget(50_000, 1 << 24);
        assertThat(Linearizability.check(REGISTER, hard(), budget))
                .isEqualTo(Linearizability.check(REGISTER, hard(), budget));
    }

    @Test
    void budgetsWithoutWorkAreRejected() {
        assertThatThrownBy(() -> new SearchBudget(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchBudget(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchBudget(1, SearchBudget.MEMORY_BYTES_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalWritesWithoutAnswersAreNotTriedInEveryOrder() {
        // Each of 24 lost writes may have happened or not: 2^24 sets of them, 25 counts.
        var history = history();
        for (int i = 0; i < 24; i++) {
            history.unknown(i, i, i + 1, new Write<>(1L));
        }
        history.ok(50, 100, 110, new Write<>(2L), DONE).ok(50, 120, 130, new Read<>(), new Value<>(3L));
        var result = Linearizability.check(REGISTER, history.operations());
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat((Integer) result.details().get("configurations")).isLessThan(100);
    }

    @Test
    void operationsThatMayHaveDoneNothingAreNotTriedInEveryOrder() {
        // Twenty adds without answers, of twenty elements that are there already: 2^20 sets of them.
        var history = new TestHistory<SetInput, SetOutput>();
        for (int i = 0; i < 20; i++) {
            history.ok(0, 2L * i, 2L * i + 1, new SetInput.Add(i), new SetOutput.Added());
        }
        for (int i = 0; i < 20; i++) {
            history.unknown(i, 50, 60, new SetInput.Add(i));
        }
        history.ok(0, 70, 80, new SetInput.Read(), SetOutput.Elements.of());
        var result = Linearizability.check(new SetModel(), history.operations());
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat((Integer) result.details().get("configurations")).isLessThan(30);
    }

    @Test
    void readsThatFitAreNotTriedInEveryOrder() {
        var history = history().ok(0, 0, 10, new Write<>(1L), DONE);
        IntStream.range(1, 25).forEach(process -> history.ok(process, 20, 90, new Read<>(), new Value<>(1L)));
        history.ok(30, 95, 99, new Read<>(), new Value<>(2L));
        var result = Linearizability.check(REGISTER, history.operations());
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat((Integer) result.details().get("configurations")).isLessThan(10);
    }

    @Test
    void longHistoryOfOneKeyIsJudged() {
        var shape = new RandomHistory(10, 1_000, 1_000, 1);
        var history = shape.linearizable(new Machine.Register(), 20_000, LinearizabilityScale.random(11));
        assertThat(Linearizability.check(REGISTER, history).validity()).isEqualTo(Validity.VALID);
    }

    /** A write of 3 still runs when 1 is read, long after it was replaced by 2. */
    private static TestHistory<Input<Long>, Output<Long>> stale() {
        return history()
                .ok(0, 0, 5, new Write<>(1L), DONE)
                .ok(0, 6, 10, new Write<>(2L), DONE)
                .ok(0, 15, 40, new Write<>(3L), DONE)
                .ok(1, 20, 30, new Read<>(), new Value<>(1L));
    }

    /** Forty writes at once, and then a value that none wrote: 2^40 sets of writes to refute. */
    private static List<Operation<Input<Long>, Output<Long>>> hard() {
        var history = history();
        for (int i = 0; i < 40; i++) {
            history.ok(i, 0, 100, new Write<>((long) i), DONE);
        }
        return history.ok(50, 200, 210, new Read<>(), new Value<>(77L)).operations();
    }

    private static TestHistory<Input<Long>, Output<Long>> history() {
        return new TestHistory<>();
    }
}
