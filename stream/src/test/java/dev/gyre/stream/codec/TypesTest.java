package dev.gyre.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypesTest {
    private static final class Old {
        record Order(long id, double total) {}

        record Point(int x) {}

        enum Level {
            LOW,
            HIGH
        }
    }

    private static final class Now {
        record Order(
                long id,
                double total,
                Optional<String> note,
                @Nullable String clerk) {}

        record Point(long x) {}

        enum Level {
            HIGH,
            MIDDLE
        }
    }

    record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException(value + " is not positive");
            }
        }
    }

    record Holder(StringBuilder text) {}

    record Row(List<? extends Cell> cells, Map<String, Kind> kinds) {}

    sealed interface Cell {}

    record Text(String text) implements Cell {}

    record Amount(long number) implements Cell {}

    enum Kind {
        A
    }

    sealed interface Open {}

    static final class Unwritable implements Open {}

    @Test
    void recordsBringAlongWhatTheyHold() {
        var types = Types.builtIn().with(Row.class);
        var row = new Row(List.of(new Text("a"), new Amount(1)), Map.of("k", Kind.A));
        assertThat(types.fromBytes(types.toBytes(row, "op"), "part")).isEqualTo(row);
        assertThat(types.registered()).isEqualTo(4);
        assertThat(types.has(Kind.class)).isTrue();
    }

    @Test
    void componentThatCannotBeWrittenIsNamedWhenItIsRegistered() {
        assertThatThrownBy(() -> Types.builtIn().with(Holder.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Holder has a component text of type java.lang.StringBuilder")
                .hasMessageContaining("register it with a codec first");
        assertThatThrownBy(() -> Types.builtIn().with(Open.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Unwritable is no record, no enum and no sealed interface of these: give it a codec");
    }

    @Test
    void twoTypesOfOneNameAreRefusedUntilOneIsNamed() {
        assertThatThrownBy(() -> Types.builtIn().with(Old.Order.class, Now.Order.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would both be called \"Order\"");
        var types = Types.builtIn().with(Old.Order.class).with("new order", Now.Order.class);
        var order = new Now.Order(1, 2, Optional.of("n"), null);
        assertThat(types.fromBytes(types.toBytes(order, "op"), "part")).isEqualTo(order);
        assertThatThrownBy(() -> types.with("another", Now.Order.class))
                .hasMessageContaining("is registered as \"new order\" already");
    }

    @Test
    void valueOfAnotherClassIsRefusedWithTheClassThePlaceAndTheCure() {
        var checker = Types.builtIn().checker("operator \"totals\"");
        checker.check(1L);
        checker.check(2L);
        checker.check(null);
        checker.check(List.of());
        assertThatThrownBy(() -> checker.check(new Text("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "operator \"totals\": " + Text.class.getName()
                                + " is not among the types of keys, values and states of this job; add it to the job: .types(Text.class)");
        assertThatThrownBy(() -> Types.builtIn().toBytes(List.of(new Text("a")), "op"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".types(Text.class)");
        assertThatThrownBy(() -> checker.check(new ArrayDeque<>())).hasMessageContaining("with a codec");
    }

    @Test
    @SuppressWarnings("JdkObsolete") // that is why it is refused
    void collectionsThatWouldComeBackAsAnotherClassAreRefused() {
        for (var value : List.of(
                new LinkedList<>(),
                new ArrayDeque<>(),
                new ConcurrentHashMap<>(),
                new EnumMap<>(Kind.class),
                EnumSet.of(Kind.A))) {
            assertThatThrownBy(() -> Types.builtIn().with(Kind.class).toBytes(value, "op"))
                    .as(value.getClass().getName())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Types.builtIn().toBytes(new TreeMap<>(Comparator.reverseOrder()), "op"))
                .hasMessageContaining("has a comparator");
        for (var value : List.of(List.of(1), List.of(1, 2, 3), new HashMap<>(Map.of(1, 2)), Map.entry(1, 2))) {
            var types = Types.builtIn();
            assertThat(types.fromBytes(types.toBytes(value, "op"), "part")).isEqualTo(value);
        }
    }

    @Test
    void componentsThatMayBeMissingMayBeAddedAtTheEnd() {
        var old = Types.builtIn().with(Old.Order.class).toBytes(new Old.Order(1, 2), "op");
        assertThat(Types.builtIn().with(Now.Order.class).fromBytes(old, "part"))
                .isEqualTo(new Now.Order(1, 2, Optional.empty(), null));
    }

    @Test
    void recordOfOtherComponentsIsRefusedAndBothFormsNamed() {
        var now = Types.builtIn().with(Now.Order.class).toBytes(new Now.Order(1, 2, Optional.empty(), ""), "op");
        assertThatThrownBy(() -> Types.builtIn().with(Old.Order.class).fromBytes(now, "part"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("[id, total, note, clerk]")
                .hasMessageContaining("Order has [id, total]");
        var point = Types.builtIn().with(Old.Point.class).toBytes(new Old.Point(1), "op");
        assertThatThrownBy(() -> Types.builtIn().with(Now.Point.class).fromBytes(point, "part"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("component x of")
                .hasMessageContaining("is long, and was written as java.lang.Integer");
    }

    @Test
    void constantsMayMoveAndOneThatIsGoneIsNamed() {
        var then = Types.builtIn().with(Old.Level.class);
        var now = Types.builtIn().with(Now.Level.class);
        assertThat(now.fromBytes(then.toBytes(Old.Level.HIGH, "op"), "part")).isEqualTo(Now.Level.HIGH);
        assertThatThrownBy(() -> now.fromBytes(then.toBytes(Old.Level.LOW, "op"), "part"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Level has no constant LOW");
    }

    @Test
    void nameOfATypeThatIsNotRegisteredIsNeverLookedFor() {
        var bytes = Types.builtIn().with(Text.class).toBytes(new Text("a"), "op");
        assertThatThrownBy(() -> Types.builtIn().with(Amount.class).fromBytes(bytes, "part"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("part, offset 1: \"Text\" is not among the types of this job (Amount are)");
    }

    @Test
    void valuesThatAConstructorRefusesAreRefused() {
        var types = Types.builtIn().with(Positive.class);
        var bytes = types.toBytes(new Positive(1), "op");
        bytes[bytes.length - 1] = 0;
        assertThatThrownBy(() -> types.fromBytes(bytes, "part"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("0 is not positive");
    }

    @Test
    void bufferGrowsToItsBoundAndNoFurther() {
        var out = new BytesOut(0, 20);
        out.writeLong(1);
        out.writeLong(1);
        out.writeVarint(300);
        out.writeByte(1);
        out.writeByte(1);
        assertThatThrownBy(() -> out.writeByte(1))
                .isInstanceOf(CodecException.class)
                .hasMessage("bytes to write, offset 20: more than 20 bytes, which is the bound of this buffer");
        assertThat(out.size()).isEqualTo(20);
    }

    @Test
    void varintsTakeTheFewestBytesAndNoMore() {
        for (int bits = 0; bits < 64; bits++) {
            var out = new BytesOut(0, 10);
            out.writeVarint(1L << bits);
            assertThat(out.size()).isEqualTo(bits / 7 + 1);
            assertThat(new BytesIn(out.toBytes(), "in").readVarint()).isEqualTo(1L << bits);
        }
        assertThatThrownBy(() -> new BytesIn(new byte[] {(byte) 0x81, 0}, "in").readVarint())
                .isInstanceOf(CodecException.class)
                .hasMessage("in, offset 0: no varint");
    }
}
