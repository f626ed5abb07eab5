package dev.gyre.stream;

import static dev.gyre.stream.testing.Message.data;
import static dev.gyre.stream.testing.Message.end;
import static dev.gyre.stream.testing.Message.epoch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.SubKey;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.TimedState;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.graph.Operators;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import dev.gyre.stream.operator.GroupStates;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Stateless;
import dev.gyre.stream.testing.OperatorKit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators of a user's own: handlers of all that comes, timers, states that do not live for ever, keys within keys. */
class HandlersTest {
    @Test
    void handlerMakesWhatItLikesOfARecord() {
        var kit = OperatorKit.<Long, Long>of(stream -> stream.handle("twice", () -> (value, time, out) -> {
            out.emit(value);
            out.emit(-value, 9);
        }));
        kit.send(3L);
        assertThat(kit.run()).containsExactly(data(Operator.NO_KEY, 3L), data(Operator.NO_KEY, -3L, 9));
    }

    /** The visits of a key, told when there was none for a while. */
    private static final class Visits implements TimedFunction<Long, Long, Long, String> {
        @Override
        public void apply(Long key, Long value, TimedState<Long> state, Output<String> out) {
            state.set(state.orElse(0L) + value);
            state.timerAt(state.time() + 10);
        }

        @Override
        public void ring(Long key, TimedState<Long> state, Output<String> out) {
            out.emit(state.orElse(0L) + " until " + state.time() + ", time is " + state.frontier());
            state.clear();
        }
    }

    @Test
    void timerRingsBeforeItsEpochGoesOn() {
        var kit = OperatorKit.<Long, Long, String>keyed(stream -> stream.stateful("visits", new Visits()));
        long key = kit.keyOf(0, 0);
        kit.send(key, 2L, 1);
        kit.send(key, 3L, 5);
        kit.epoch(14);
        kit.send(key, 4L, 15);
        kit.epoch(24);
        kit.epoch(30);
        kit.send(key, 5L, 16); // late: its timer has come already
        kit.epoch(40);
        kit.end();
        assertThat(kit.run())
                .containsExactly(
                        epoch(14),
                        epoch(24),
                        data(key, "9 until 25, time is 30", 25),
                        epoch(30),
                        data(key, "5 until 26, time is 40", 31),
                        epoch(40),
                        epoch(Long.MAX_VALUE),
                        end());
    }

    private static Next<Long, Long> sum(Long key, Long value, Optional<Long> before) {
        long sum = before.orElse(0L) + value;
        return value == 0 ? Next.forget(sum) : Next.keep(sum, sum);
    }

    @Test
    void stateLivesForAWhileBehindTheLatestRecord() {
        var kit = OperatorKit.<Long, Long, Long>keyed(
                stream -> stream.ttlMap("sums", Duration.ofNanos(10), HandlersTest::sum));
        long key = kit.keyOf(0, 0);
        long[][] records = {{1, 0}, {2, 9}, {4, 5}, {8, 18}, {16, 28}, {0, 30}, {32, 31}};
        for (var record : records) {
            kit.send(key, record[0], record[1]);
        }
        kit.epoch(40);
        kit.send(key, 64L, 40);
        kit.epoch(41);
        kit.send(key, 128L, 45);
        while (kit.step()) {}
        assertThat(kit.values()).containsExactly(1L, 3L, 7L, 15L, 16L, 16L, 32L, 96L, 224L);
        kit.epoch(55);
        kit.send(key, 256L, 54); // late: there is nothing to be found any more
        kit.send(key, 512L, 56);
        kit.run();
        kit.send(key, 1024L, 57);
        assertThat(kit.run()).containsExactly(data(key, 1024L + 512L + 256L, 57));
    }

    @Test
    void stateThatHasDiedIsFoundNoMoreWheneverTheEpochComes() {
        for (boolean isTold : List.of(false, true)) {
            var kit = OperatorKit.<Long, Long, Long>keyed(
                    stream -> stream.ttlMap("sums", Duration.ofNanos(10), HandlersTest::sum));
            long key = kit.keyOf(0, 0);
            kit.send(key, 1L, 0);
            if (isTold) {
                kit.epoch(9);
            }
            kit.send(key, 2L, 10);
            kit.send(key, 4L, 19);
            kit.run();
            kit.send(key, 8L, 29);
            kit.send(key, 0L, 30);
            kit.send(key, 16L, 31);
            assertThat(kit.run()).containsExactly(data(key, 8L, 29), data(key, 8L, 30), data(key, 16L, 31));
        }
    }

    @Test
    void nothingIsLeftOfAStateThatHasDied() {
        var used = expiring();
        used.record(7L, KeyHash.of(7L), 3L, 0);
        assertThat(state(used)).isNotEqualTo(state(expiring()));
        used.epoch(10);
        var unused = expiring();
        unused.epoch(10);
        assertThat(state(used)).isEqualTo(state(unused));
    }

    private static GroupedOperator<?> expiring() {
        var factory = Operators.timers("sums", new Expiring<>(10, HandlersTest::sum));
        var operator = (GroupedOperator<?>) factory.create(new Vertex.Site(0, 2), new Stateless.Fork());
        operator.open(0);
        operator.open(1);
        return operator;
    }

    /** What a snapshot would have of it. */
    private static String state(GroupedOperator<?> operator) {
        return IntStream.range(0, 2)
                .mapToObj(group -> Arrays.toString(
                        GroupStates.write(operator, group, Types.builtIn()).orElse(new byte[0])))
                .collect(Collectors.joining());
    }

    @Test
    void whatNeedsEventTimeSaysSo() {
        var refused =
                "\"sums\" needs event time, and the records of \"numbers\" come to it without: call assignTimestamps(…) behind the source";
        assertThatThrownBy(() -> Job.named(
                        "j",
                        flow -> flow.source("numbers", Sources.range(0, 9))
                                .keyBy("key", x -> x)
                                .ttlMap("sums", Duration.ofSeconds(1), HandlersTest::sum)
                                .sink("out", Sinks.stdout())))
                .hasMessage(refused);
        assertThatThrownBy(() -> OperatorKit.<Long, Long, Long>keyed(
                        stream -> stream.ttlMap("sums", Duration.ZERO, HandlersTest::sum)))
                .hasMessage("what \"sums\" knows of a key lives for a time above zero, not PT0S");
    }

    @Test
    void partsOfAKeyHaveStatesOfTheirOwn() {
        var kit = OperatorKit.<Long, Long, Long>keyed(stream -> stream.keyLocal(
                        "parity", value -> value % 2 == 0 ? "even" : "odd")
                .fold("sum", 0L, Long::sum));
        long key = kit.keyOf(0, 0);
        for (long value = 1; value <= 4; value++) {
            kit.send(key, value);
        }
        assertThat(kit.run())
                .containsExactly(
                        data(new SubKey<>(key, "odd"), 1L),
                        data(new SubKey<>(key, "even"), 2L),
                        data(new SubKey<>(key, "odd"), 4L),
                        data(new SubKey<>(key, "even"), 6L));
    }

    @Test
    void partsOfAKeyAreWithItAndApartFromEachOther() {
        var places = IntStream.range(0, 100)
                .boxed()
                .flatMap(outer -> IntStream.range(0, 10).mapToObj(inner -> {
                    int hash = KeyHash.of(new SubKey<>(outer, "part " + inner));
                    assertThat(hash >>> 16).isEqualTo(KeyHash.of(outer) >>> 16);
                    assertThat(KeyHash.of(new SubKey<>(new SubKey<>(outer, "part " + inner), 5L)) >>> 16)
                            .isEqualTo(KeyHash.of(outer) >>> 16);
                    return hash & 0xffff;
                }))
                .collect(Collectors.toSet());
        // A thousand places of 65,536 at random: eight in the middle come twice.
        assertThat(places).hasSizeGreaterThan(970);
    }

    @Test
    void describedByWhatTheyDo() {
        var job = Job.named(
                "j",
                flow -> flow.source("numbers", Sources.range(0, 9))
                        .<Long>handle("evens", () -> (value, time, out) -> out.emit(value & ~1L))
                        .keyBy("number", x -> x)
                        .keyLocal("parity", x -> x & 1)
                        .fold("sum", 0L, Long::sum)
                        .sink("out", Sinks.stdout()));
        assertThat(job.describe()).contains("evens", "keyLocal parity", "◆ sum");
        assertThat(job.plan().stages()).hasSize(2);
    }
}
