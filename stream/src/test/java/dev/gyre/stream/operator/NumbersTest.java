package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Operators that take numbers. */
class NumbersTest {
    private static final int GROUPS = 16;
    private static final int GATHERED = 128;

    private final Recorder recorder = new Recorder();

    /** Each number is the key and the value. */
    private Stateless.Numeric numeric() {
        return new Stateless.Numeric(value -> (Long) value, value -> (Long) value, recorder);
    }

    private static void add(Operator operator, int... numbers) {
        for (int number : numbers) {
            operator.record(Operator.NO_KEY, 0, (long) number, number);
        }
    }

    @Test
    void numbersComeBeforeWhatIsSaidBehindThem() {
        var sayings = new TreeMap<String, Consumer<Operator>>(
                Map.of("epoch 7", operator -> operator.epoch(7), "idle", Operator::idle, "end", Operator::end));
        sayings.forEach((saying, say) -> {
            var own = new Recorder();
            var numeric = new Stateless.Numeric(value -> (Long) value, value -> 5, own);
            add(numeric, 1, 2);
            assertThat(own.order).as("before").isEmpty();
            say.accept(numeric);
            assertThat(own.order).containsExactly("5@1", "5@2", saying);
        });
    }

    @Test
    void numbersAreGivenOnWhenABatchIsOverAndBeforeNews() {
        var numeric = numeric();
        add(numeric, 1);
        numeric.pause();
        assertThat(recorder.take()).hasSize(1);
        numeric.pause();
        add(numeric, 2);
        numeric.news(new SourceNews.Restart());
        assertThat(recorder.take()).containsExactly(new Recorder.Out(2L, 2L, 2));
    }

    @Test
    void asManyAsThereAreAreGivenOnInOrder() {
        var numeric = numeric();
        for (int i = 0; i < 3 * GATHERED; i++) {
            add(numeric, i);
        }
        assertThat(recorder.out).hasSize(3 * GATHERED);
        add(numeric, 3 * GATHERED);
        assertThat(recorder.out).hasSize(3 * GATHERED);
        numeric.pause();
        assertThat(recorder.out).extracting(Recorder.Out::time).isSorted().hasSize(3 * GATHERED + 1);
    }

    /** Groups that rest, keys that are new, zero, and batches that end anywhere: the loop over what is known is left and taken up again. */
    @Test
    void stateThatIsNoNumbersIsRefusedAndSaysWhatToDo() {
        var objects = new GroupTable();
        objects.put("text", KeyHash.of("text"), 1L);
        var bytes = new BytesOut();
        objects.write(new ValueWriter(Types.builtIn(), bytes, "group"));
        var fold = new NumberFold("sum", GROUPS, 3, Long::sum, Nowhere.INSTANCE);
        assertThatThrownBy(() ->
                        fold.restore(0, new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "group"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"sum\" cannot go on from this snapshot")
                .hasMessageContaining("Give the state another name");
    }

    @Test
    void foldsAsAMapDoes() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var own = new Recorder();
            var fold = new NumberFold("sum", GROUPS, 3, Long::sum, own);
            for (int group = 0; group < GROUPS; group++) {
                fold.open(group);
            }
            var map = new TreeMap<Long, Long>();
            var expected = new ArrayList<Recorder.Out>();
            for (int batch = 0; batch < 20; batch++) {
                var numbers = new Numbers(1 + random.nextInt(100));
                while (!numbers.isFull()) {
                    long key = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(400);
                    long value = random.nextInt(1000);
                    numbers.add(key, value, batch);
                    expected.add(
                            new Recorder.Out(key, map.merge(key, value + 3, (before, same) -> before + value), batch));
                }
                if (random.nextInt(4) == 0) {
                    fold.beginTaking(new Unwritten());
                    fold.stopTaking();
                }
                if (random.nextBoolean()) {
                    fold.numbers(numbers);
                } else {
                    asObjects(numbers, fold);
                }
            }
            assertThat(own.out).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** What waited for a hand-over. */
    private static void asObjects(Numbers numbers, Operator operator) {
        var batch = numbers.asObjects();
        for (int i = 0; i < batch.size(); i++) {
            operator.record(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
        }
    }

    /** Takes nothing down. */
    private static final class Unwritten implements GroupedOperator.Taker {
        @Override
        public boolean refer(String operator, int group) {
            throw new AssertionError("nothing is taken down");
        }

        @Override
        public ValueWriter begin(String operator, int group) {
            throw new AssertionError("nothing is taken down");
        }

        @Override
        public void end() {
            throw new AssertionError("nothing is taken down");
        }
    }

    /** A fold puts sums in the place of numbers, which another is to have as they were. */
    @Test
    void branchesDoNotChangeWhatOthersAreGiven() {
        var others = new Recorder();
        var folds = List.of(
                new NumberFold("a", GROUPS, 10, Long::sum, recorder),
                new NumberFold("b", GROUPS, 20, Long::sum, others));
        for (int group = 0; group < GROUPS; group++) {
            for (var fold : folds) {
                fold.open(group);
            }
        }
        var numbers = new Numbers(1);
        numbers.add(5, 1, 0);
        new Stateless.Fork(folds.toArray(Operator[]::new)).numbers(numbers);
        assertThat(recorder.order).containsExactly("11@0");
        assertThat(others.order).containsExactly("21@0");
    }

    @Test
    void numberOfAGroupThatIsNotHereIsRefused() {
        var fold = new NumberFold("sum", GROUPS, 0, Long::sum, recorder);
        var numbers = new Numbers(1);
        numbers.add(5, 1, 0);
        assertThatThrownBy(() -> fold.numbers(numbers))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("\"sum\" got a record of key group " + (KeyHash.of(5) >>> 28));
    }

    @Test
    void whoKnowsNoNumbersIsGivenObjects() {
        var numbers = new Numbers(2);
        numbers.add(5, 1, 7);
        numbers.add(6, 2, 8);
        recorder.numbers(numbers);
        new Stateless.Entry(recorder).numbers(numbers);
        assertThat(recorder.out)
                .extracting(out -> out.key() + " " + out.value() + "@" + out.time())
                .isEqualTo(List.of("5 1@7", "6 2@8", "5 Keyed[key=5, value=1]@7", "6 Keyed[key=6, value=2]@8"));
    }
}
