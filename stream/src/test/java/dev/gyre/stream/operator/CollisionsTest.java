package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.SubKey;
import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Keys that collide are told of, a few times and not with each record; others never. */
@ResourceLock(Resources.SYSTEM_ERR)
class CollisionsTest {
    /** What is logged while something is done. */
    private static List<String> told(Runnable action) {
        var before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("collide"))
                .toList();
    }

    private static GroupTable put(GroupTable table, Iterable<?> keys) {
        for (var key : keys) {
            table.put(key, KeyHash.of(key), "value");
        }
        return table;
    }

    /** Texts of one hash code: "Aa" and "BB" have the same one, and so have all that are made of so many of these. */
    private static List<String> colliding(int pairs) {
        var texts = List.of("");
        for (int i = 0; i < pairs; i++) {
            var longer = new ArrayList<String>();
            texts.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            texts = longer;
        }
        return texts;
    }

    @Test
    void textsThatWereMadeToCollideAreToldOfAFewTimes() {
        var texts = colliding(11);
        var table = new GroupTable();
        var told = told(() -> put(put(table, texts), texts));

        assertThat(table.size()).isEqualTo(2_048);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst())
                .contains("passes 512 of the 513 keys beside it")
                .contains("String " + texts.get(512) + ".");
        assertThat(told.getLast()).contains("passes 1024 of the 1025 keys");
    }

    @Test
    void aLongKeyIsCut() {
        var texts = colliding(10).stream().map(text -> text + "x".repeat(100)).toList();

        assertThat(told(() -> put(new GroupTable(), texts)))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("x...").doesNotContain("x".repeat(90)));
    }

    @Test
    void moreInnerKeysThanAreToldApartAreToldOf() {
        var keys = LongStream.range(0, 70_000)
                .mapToObj(inner -> new SubKey<>("outer", inner))
                .toList();
        var few = keys.subList(0, 10_000);

        assertThat(told(() -> put(new GroupTable(), few))).isEmpty();
        assertThat(told(() -> put(new GroupTable(), keys))).isNotEmpty().hasSizeLessThan(20);
    }

    @Test
    void numbersThatWereMadeToCollideAreToldOf() {
        var numbers = LongStream.range(0, 1_500).map(CollisionsTest::ofOneHash).toArray();
        var table = new NumberTable(0);
        var told = told(() -> {
            for (long number : numbers) {
                table.cell(number, KeyHash.of(number));
            }
        });

        assertThat(told).hasSize(2);
        assertThat(told.getFirst())
                .contains("passes 512 of the 513 keys beside it")
                .contains("Long " + numbers[512] + ".");
    }

    /** SplitMix64's finaliser backwards, of numbers that have the upper half, which is the hash, in common. */
    private static long ofOneHash(long number) {
        long mixed = (7L << 32) | number;
        mixed = unshift(mixed, 31) * inverse(0x94d049bb133111ebL);
        mixed = unshift(mixed, 27) * inverse(0xbf58476d1ce4e5b9L);
        return unshift(mixed, 30);
    }

    /** What a number was before it was mixed with itself, shifted to the right. */
    private static long unshift(long mixed, int bits) {
        long number = mixed;
        for (int known = bits; known < Long.SIZE; known += bits) {
            number = mixed ^ (number >>> bits);
        }
        return number;
    }

    /** What undoes a multiplication by an odd number, by Newton's method: each step doubles the bits that are right. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void othersAreNot() {
        var numbers = LongStream.range(0, 1 << 19).boxed().toList();
        var texts = numbers.stream().map(number -> "customer " + number).toList();
        var table = new NumberTable(0);
        var told = told(() -> {
            put(new GroupTable(), numbers);
            readAgain(put(new GroupTable(), texts));
            numbers.forEach(number -> table.cell(number, KeyHash.of(number)));
        });

        assertThat(told).isEmpty();
    }

    /** Keys come in the order of their places: they fill a table that grows from its beginning. */
    private static void readAgain(GroupTable table) {
        var bytes = new BytesOut();
        table.write(new ValueWriter(Types.builtIn(), bytes, "table"));
        var read = GroupTable.read(new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "table")));
        assertThat(read.size()).isEqualTo(table.size());
    }
}
