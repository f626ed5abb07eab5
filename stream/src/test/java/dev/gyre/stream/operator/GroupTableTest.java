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
import org.junit.jupiter.api.Test;

/** A table is a map, whether its keys are numbers, others, or first the one and then both. */
class GroupTableTest {
    private static final int SEEDS = 500;

    private static Object key(Random random, boolean areNumbers) {
        long number = random.nextInt(20) == 0 ? random.nextLong() : random.nextLong(-60, 60);
        return areNumbers || random.nextBoolean() ? (Object) number : "key " + number;
    }

    private static Map<Object, Object> shown(GroupTable table) {
        var all = new HashMap<Object, Object>();
        table.forEachHashed((key, hash, value) -> {
            assertThat(hash).as("of %s", key).isEqualTo(KeyHash.of(key));
            assertThat(all.put(key, value)).as("of %s before", key).isNull();
        });
        return all;
    }

    private static GroupTable writtenAndRead(GroupTable table) {
        var bytes = new BytesOut();
        table.write(new ValueWriter(Types.builtIn(), bytes, "table"));
        return GroupTable.read(new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "table")));
    }

    private static GroupTable change(GroupTable table, Map<Object, Object> map, Object key, Random random) {
        int hash = KeyHash.of(key);
        int place = table.find(key, hash);
        assertThat(place >= 0).as("%s is there", key).isEqualTo(map.containsKey(key));
        assertThat(table.get(key, hash)).isEqualTo(map.get(key));
        if (place >= 0 && random.nextInt(3) == 0) {
            table.remove(place);
            map.remove(key);
        } else {
            long value = random.nextLong(1_000);
            table.put(key, hash, value);
            map.put(key, value);
        }
        return random.nextInt(200) == 0 ? writtenAndRead(table) : table;
    }

    @Test
    void isAMap() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(seed);
            var table = new GroupTable();
            var map = new HashMap<Object, Object>();
            int records = random.nextInt(600);
            int numbers = random.nextInt(records + 1);
            for (int i = 0; i < records; i++) {
                table = change(table, map, key(random, i < numbers), random);
            }
            assertThat(table.size()).as("seed %d", seed).isEqualTo(map.size());
            assertThat(shown(table)).as("seed %d", seed).isEqualTo(map);
        }
    }

    @Test
    void aFrozenOneStaysAsItIs() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(seed);
            boolean areNumbers = seed % 2 == 0; // the first number of a seed is much like that of the next
            var table = new GroupTable();
            var map = new HashMap<Object, Object>();
            for (int i = 0; i < 100; i++) {
                table = change(table, map, key(random, areNumbers), random);
            }
            var frozen = table.freeze().orElseThrow();
            var before = Map.copyOf(map);
            for (int i = 0; i < 100; i++) {
                table = change(table, map, key(random, random.nextBoolean()), random);
            }
            assertThat(shown(writtenAndRead(frozen))).as("seed %d", seed).isEqualTo(before);
        }
    }
}
