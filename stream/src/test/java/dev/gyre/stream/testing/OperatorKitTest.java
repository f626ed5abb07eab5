package dev.gyre.stream.testing;

import static dev.gyre.stream.testing.Message.data;
import static dev.gyre.stream.testing.Message.end;
import static dev.gyre.stream.testing.Message.epoch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.State;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorKitTest {
    /** A state of a type that must be named. */
    record Mean(long count, long sum) {
        Mean plus(long value) {
            return new Mean(count + 1, sum + value);
        }
    }

    private static OperatorKit<Long, Long> means() {
        return OperatorKit.<Long, Long, Long>keyed(stream -> stream.stateful("mean", meanOf()));
    }

    private static KeyedFunction<Long, Long, Mean, Long> meanOf() {
        return (key, value, state, out) -> {
            var mean = state.orElse(new Mean(0, 0)).plus(value);
            state.set(mean);
            out.emit(mean.sum() / mean.count());
        };
    }

    @Test
    void statelessFunctionsAreDrivenInAFewLines() {
        var kit = OperatorKit.<String, Integer>of(
                stream -> stream.filter(word -> !word.isEmpty()).map(String::length));
        kit.send("one");
        kit.send("");
        kit.send("three");
        assertThat(kit.run()).hasSize(2);
        kit.send("two");
        kit.run();
    }

    @Test
    void keyedFunctionKnowsItsKeysThroughEverySnapshot() {
        var kit = means().types(Mean.class);
        long a = kit.keyOf(0, 0);
        long b = kit.keyOf(0, a + 1);
        kit.send(a, 10L, 1);
        kit.send(b, 5L, 2);
        assertThat(kit.run()).containsExactly(data(a, 10L, 1), data(b, 5L, 2));
        kit.sendRemote(data(a, 20L, 3));
        kit.epoch(9);
        kit.end();
        assertThat(kit.run()).containsExactly(data(a, 15L, 3), epoch(9), epoch(Long.MAX_VALUE), end());
    }

    @Test
    void valuesAreThereWithoutTheirKeys() {
        var kit = OperatorKit.<Long, Long, Long>keyed(stream -> stream.fold("sum", 0L, Long::sum));
        long key = kit.keyOf(0, 0);
        kit.send(key, 3L);
        kit.send(key, 4L);
        while (kit.step()) {
            assertThat(kit.values()).hasSize(1);
        }
    }

    @Test
    void forgottenKeyIsNotKept() {
        var kit = OperatorKit.<Long, Long, Optional<Long>>keyed(
                stream -> stream.stateful("last", OperatorKitTest::toggle));
        long key = kit.keyOf(0, 0);
        for (long i = 1; i <= 3; i++) {
            kit.send(key, i);
        }
        assertThat(kit.run())
                .containsExactly(data(key, Optional.empty()), data(key, Optional.of(1L)), data(key, Optional.empty()));
    }

    private static void toggle(Long key, Long value, State<Long> state, Output<Optional<Long>> out) {
        out.emit(state.get());
        state.get().ifPresentOrElse(last -> state.clear(), () -> state.set(value));
    }

    @Test
    void stateThatCannotBeWrittenIsNamedAtOnce() {
        var kit = means();
        kit.send(kit.keyOf(0, 0), 1L);
        assertThatThrownBy(kit::run).hasMessageContaining("\"mean\"").hasMessageContaining("add it to the job");
    }

    @Test
    void recordOfTheOtherWorkerGoesThere() {
        var kit = OperatorKit.<Long, Long, Long>keyed(stream -> stream.fold("sum", 0L, Long::sum));
        kit.send(kit.keyOf(1, 0), 3L);
        assertThat(kit.run()).isEmpty();
    }

    @Test
    void moreThanOneStageIsRefused() {
        assertThatThrownBy(() -> OperatorKit.<Long, Long, Long>keyed(
                        stream -> stream.values().keyBy("again", value -> value)))
                .hasMessageContaining("\"exchange by again\" begins another stage");
    }
}
