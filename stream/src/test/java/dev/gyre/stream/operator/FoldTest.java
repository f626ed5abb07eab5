package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A fold gives what a map of keys to values would, whatever its keys and values are, and however its groups are kept. */
class FoldTest {
    private static final int GROUPS = 4;
    private static final int SEEDS = 400;

    private final Recorder given = new Recorder();
    private int calls;

    /** Adds numbers; what is none is put behind what was there. */
    private Object next(Object before, Object value) {
        calls++;
        return before instanceof Long sum && value instanceof Long number
                ? (Object) (sum + number)
                : before + "," + value;
    }

    private Fold fold(Object initial) {
        return new Fold("fold", GROUPS, initial, this::next, given);
    }

    private static Object key(Random random, boolean areNumbers) {
        long number = random.nextLong(-20, 20);
        return areNumbers ? (Object) number : random.nextBoolean() ? (Object) (int) number : "key " + number;
    }

    /** Takes all groups down. */
    private static final class Taken implements GroupedOperator.Taker {
        final TreeMap<Integer, BytesOut> groups = new TreeMap<>();

        @Override
        public boolean refer(String operator, int group) {
            return false;
        }

        @Override
        public ValueWriter begin(String operator, int group) {
            var bytes = new BytesOut();
            groups.put(group, bytes);
            return new ValueWriter(Types.builtIn(), bytes, operator);
        }

        @Override
        public void end() {}
    }

    /** Another one that goes on where this one is: by a snapshot, or as its groups are handed over. */
    private Fold moved(Fold fold, Object initial, Random random) {
        var next = fold(initial);
        if (random.nextBoolean()) {
            for (int group = 0; group < GROUPS; group++) {
                int one = group;
                fold.release(group).ifPresentOrElse(state -> next.adopt(one, state), () -> next.open(one));
            }
            return next;
        }
        var taken = new Taken();
        fold.beginTaking(taken);
        assertThat(fold.takeSome(GROUPS + 1)).isFalse();
        for (int group = 0; group < GROUPS; group++) {
            var bytes = taken.groups.get(group);
            if (bytes == null) {
                next.open(group);
            } else {
                next.restore(group, new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "group")));
            }
        }
        return next;
    }

    private void run(long seed) {
        var random = new Random(seed);
        Object initial = seed % 4 == 0 ? "" : (Object) random.nextLong(10);
        var fold = fold(initial);
        for (int group = 0; group < GROUPS; group++) {
            fold.open(group);
        }
        var map = new HashMap<Object, Object>();
        int strangers = random.nextInt(3);
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(60) == 0) {
                fold = moved(fold, initial, random);
            }
            var key = key(random, random.nextInt(100) >= strangers);
            var value = random.nextInt(100) < strangers ? (Object) "text" : (Object) random.nextLong(100);
            calls = 0;
            fold.record(key, KeyHash.of(key), value, 0);
            assertThat(calls).as("calls for a record, seed %d", seed).isEqualTo(1);
            map.put(key, next(map.getOrDefault(key, initial), value));
            assertThat(given.out.getLast().value())
                    .as("of %s, seed %d", key, seed)
                    .isEqualTo(map.get(key));
        }
        assertThat(written(fold)).as("seed %d", seed).isEqualTo(map);
    }

    private static Map<Object, Object> written(Fold fold) {
        var taken = new Taken();
        fold.beginTaking(taken);
        fold.takeSome(GROUPS + 1);
        var all = new HashMap<Object, Object>();
        for (var bytes : taken.groups.values()) {
            GroupTable.read(new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "group")))
                    .forEach(all::put);
        }
        return all;
    }

    @Test
    void givesWhatAMapWould() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed);
        }
        assertThat(given.out).hasSize(SEEDS * 300);
    }
}
