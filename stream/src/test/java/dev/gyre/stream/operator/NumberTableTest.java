package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumberTableTest {
    private static final long INITIAL = -7;

    private static long add(NumberTable table, long key, long number) {
        int cell = table.cell(key, KeyHash.of(key));
        table.set(cell, table.get(cell) + number);
        return table.get(cell);
    }

    private static NumberTable writtenAndRead(NumberTable table) {
        var bytes = new BytesOut();
        table.write(new ValueWriter(Types.builtIn(), bytes, "numbers"));
        var in = new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "numbers"));
        return (NumberTable) Table.read(new NumberTable(INITIAL), in);
    }

    @Test
    void isAMap() {
        for (long seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            var table = new NumberTable(INITIAL);
            var map = new TreeMap<Long, Long>();
            long keys = 1L + random.nextInt(200);
            for (int i = random.nextInt(1000); i > 0; i--) {
                long key = random.nextInt(10) == 0 ? random.nextLong() : random.nextLong(-keys, keys);
                long number = random.nextLong();
                assertThat(add(table, key, number))
                        .as("seed %d", seed)
                        .isEqualTo(map.merge(key, INITIAL + number, (before, same) -> before + number));
                if (random.nextInt(100) == 0) {
                    table = writtenAndRead(table);
                }
            }
            assertThat(table.size()).isEqualTo(map.size());
            for (var entry : map.entrySet()) {
                assertThat(add(table, entry.getKey(), 0)).as("seed %d", seed).isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void isWrittenAsATableOfObjects() {
        var table = new NumberTable(0);
        for (long key = 0; key < 50; key++) {
            add(table, key, key * key);
        }
        var bytes = new BytesOut();
        table.write(new ValueWriter(Types.builtIn(), bytes, "numbers"));
        var read = GroupTable.read(new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "objects")));
        assertThat(read.size()).isEqualTo(50);
        assertThat(read.value(read.find(7L, KeyHash.of(7L)))).isEqualTo(49L);
    }
}
