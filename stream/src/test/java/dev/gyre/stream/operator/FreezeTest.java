package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.Unchanging;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A snapshot has the state as it was when the barrier passed, whatever comes before it is written. */
class FreezeTest {
    private static final int GROUPS = 16;
    private static final long KEYS = 200;

    /** What an operator writes: the state of each key. */
    private static final class Written implements GroupedOperator.Taker {
        final TreeMap<Long, Object> states = new TreeMap<>();
        int groups;
        private BytesOut bytes = new BytesOut();

        @Override
        public boolean refer(String operator, int group) {
            return true; // so what is written is what has changed
        }

        @Override
        public ValueWriter begin(String operator, int group) {
            bytes = new BytesOut();
            groups++;
            return new ValueWriter(Types.builtIn(), bytes, operator);
        }

        @Override
        public void end() {
            var in = new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "group"));
            for (long left = (Long) Objects.requireNonNull(in.read()); left > 0; left--) {
                states.put((Long) Objects.requireNonNull(in.read()), Objects.requireNonNull(in.read()));
            }
        }
    }

    private static <O extends GroupedOperator<?>> O opened(O operator) {
        for (int group = 0; group < GROUPS; group++) {
            operator.open(group);
        }
        return operator;
    }

    private static Fold sum() {
        return opened(
                new Fold("sum", GROUPS, 0L, (Object old, Object value) -> (Long) old + (Long) value, Nowhere.INSTANCE));
    }

    private static void add(Fold fold, long key, Object value) {
        fold.record(key, KeyHash.of((Object) key), value, 0);
    }

    @Test
    void whatIsWrittenIsAsItWasAtTheBarrier() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new Random(seed);
            var fold = sum();
            var sums = new TreeMap<Long, Object>();
            for (int snapshot = 0; snapshot < 5; snapshot++) {
                for (int i = random.nextInt(500); i > 0; i--) {
                    long key = random.nextLong(KEYS);
                    add(fold, key, 1L);
                    sums.merge(key, 1L, (old, one) -> (Long) old + (Long) one);
                }
                var written = new Written();
                var atBarrier = new TreeMap<>(sums);
                fold.beginTaking(written);
                do {
                    for (int i = random.nextInt(20); i > 0; i--) {
                        long key = random.nextLong(KEYS);
                        add(fold, key, 1L);
                        sums.merge(key, 1L, (old, one) -> (Long) old + (Long) one);
                    }
                } while (fold.takeSome(1 + random.nextInt(3)));

                for (var state : written.states.entrySet()) {
                    assertThat(state.getValue())
                            .as("seed %s, key %s", seed, state.getKey())
                            .isEqualTo(atBarrier.get(state.getKey()));
                }
                if (snapshot == 0) {
                    assertThat(written.states).as("seed %s", seed).isEqualTo(atBarrier);
                }
            }
        }
    }

    @Test
    void groupThatChangedBehindTheBarrierIsWrittenAgainNextTime() {
        var fold = sum();
        add(fold, 7, 1L);
        fold.beginTaking(new Written());
        add(fold, 7, 1L); // frozen: what is written is older than what is here
        while (fold.takeSome(1)) {}
        var next = new Written();

        fold.beginTaking(next);
        while (fold.takeSome(1)) {}

        assertThat(next.states).containsEntry(7L, 2L);
    }

    @Test
    void recordDoesNotWaitUntilItsGroupIsWritten() {
        var fold = sum();
        add(fold, 7, 1L);
        var written = new Written();

        fold.beginTaking(written);
        add(fold, 7, 1L);

        assertThat(written.groups).isZero();
    }

    /** Whoever changes a list in place gets a snapshot all the same: it is written before the record comes in. */
    @Test
    void stateThatMayChangeInPlaceIsWrittenBefore() {
        var fold = opened(new Fold(
                "list",
                GROUPS,
                new Object(),
                (Object old, Object value) -> {
                    @SuppressWarnings("unchecked") // it is made here
                    var list = old instanceof ArrayList<?> known ? (ArrayList<Object>) known : new ArrayList<>();
                    list.add(value);
                    return list;
                },
                Nowhere.INSTANCE));
        add(fold, 7, 1L);
        var written = new Written();

        fold.beginTaking(written);
        add(fold, 7, 2L);

        assertThat(written.states).containsEntry(7L, List.of(1L));
    }

    @Test
    void numbersAreFrozenToo() {
        var fold = opened(new NumberFold("sum", GROUPS, 0, Long::sum, Nowhere.INSTANCE));
        fold.numbers(one(7, 1));
        var written = new Written();

        fold.beginTaking(written);
        fold.numbers(one(7, 1));
        while (fold.takeSome(1)) {}

        assertThat(written.states).containsExactly(Map.entry(7L, 1L));
    }

    private static Numbers one(long key, long value) {
        var numbers = new Numbers(1);
        numbers.add(key, value, 0);
        return numbers;
    }

    private enum Colour {
        RED
    }

    private record Plain(long count, String name, Colour colour, Instant when) {}

    private record Deep(Plain plain, int rest) {}

    private record Open(List<Long> list) {}

    private record Loose(Number number) {}

    private record Chicken(Egg from) {}

    private record Egg(Chicken from) {}

    @Test
    void classesThatNeverChangeAreKnown() {
        assertThat(List.of(Long.class, String.class, Colour.class, Plain.class, Deep.class))
                .allMatch(Unchanging::is);
        assertThat(List.of(
                        ArrayList.class,
                        long[].class,
                        AtomicLong.class,
                        Open.class,
                        Loose.class,
                        Chicken.class,
                        Egg.class,
                        Object.class))
                .noneMatch(Unchanging::is);
    }
}
