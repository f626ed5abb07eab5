package dev.gyre.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final int SEEDS = 300;
    private static final Types TYPES = RandomValues.TYPES;

    private static byte[] bytes(@Nullable Object value) {
        return TYPES.toBytes(value, "op");
    }

    private static @Nullable Object value(byte[] bytes) {
        return TYPES.fromBytes(bytes, "part-1");
    }

    @Test
    void valuesOfAllTypesComeBackAsTheyWere() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var values = new RandomValues(seed).all();
            assertThat(value(bytes(values))).as("seed %d", seed).isEqualTo(values);
        }
    }

    @Test
    void arraysComeBackAsTheyWere() {
        assertThat(value(bytes(new byte[] {1, -1}))).isEqualTo(new byte[] {1, -1});
        assertThat(value(bytes(new long[] {1, Long.MIN_VALUE}))).isEqualTo(new long[] {1, Long.MIN_VALUE});
    }

    @Test
    void streamOfValuesNamesEachTypeOnce() {
        var out = new BytesOut();
        var writer = new ValueWriter(TYPES, out, "op");
        var closed = new RandomValues.Closed(true, null);
        writer.write(closed);
        int first = out.size();
        for (int i = 0; i < 9; i++) {
            writer.write(closed);
        }
        assertThat(out.size() - first).isEqualTo(9 * 4); // use, number, true, null
        var reader = new ValueReader(TYPES, new BytesIn(out.toBytes(), "part-1"));
        for (int i = 0; i < 10; i++) {
            assertThat(reader.read()).isEqualTo(closed);
        }
        var next = new BytesOut();
        writer.restart(next);
        writer.write(closed);
        assertThat(value(next.toBytes())).isEqualTo(closed);
    }

    @Test
    void bytesThatAreCutOffAreRefusedWhereverTheyAreCut() {
        for (int seed = 0; seed < 8; seed++) {
            var bytes = bytes(new RandomValues(seed).all());
            for (int length = 0; length < bytes.length; length++) {
                var cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> value(cut))
                        .as("seed %d, %d of %d bytes", seed, length, bytes.length)
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("part-1, offset ");
            }
        }
    }

    @Test
    void flippedBitIsRefusedOrReadAsSomethingElse() {
        int refused = 0;
        int read = 0;
        for (int seed = 0; seed < 8; seed++) {
            var bytes = bytes(new RandomValues(seed).all());
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    value(bytes);
                    read++;
                } catch (CodecException e) {
                    refused++;
                }
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        assertThat(refused).isPositive();
        assertThat(read).isPositive();
    }

    @Test
    void forgedLengthAllocatesNothing() {
        for (byte tag : new byte[] {
            Tags.STRING, Tags.BYTES, Tags.LONGS, Tags.BIG_INTEGER, Tags.LIST, Tags.MAP, Tags.SET, Tags.SORTED_MAP
        }) {
            var out = new BytesOut();
            out.writeByte(tag);
            out.writeVarint(Integer.MAX_VALUE);
            out.writeLong(0);
            assertThatThrownBy(() -> value(out.toBytes()))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("part-1, offset 1: cut off: 2147483647 elements");
        }
    }

    @Test
    void valuesLieInEachOtherUpToABound() {
        Object deep = 1;
        for (int i = 0; i < Tags.MAX_DEPTH; i++) {
            deep = List.of(deep);
        }
        assertThat(value(bytes(deep))).isEqualTo(deep);
        var tooDeep = List.of(deep);
        assertThatThrownBy(() -> bytes(tooDeep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("op: a java.util.")
                .hasMessageContaining("lies 257 values deep in others, where 256 is the most");
    }

    @Test
    void loopIsRefusedAndNotFollowedForEver() {
        var loop = new ArrayList<Object>();
        loop.add(loop);
        assertThatThrownBy(() -> bytes(loop)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesThatClaimToBeDeepAreRefused() {
        var forged = new byte[1 << 20];
        Arrays.fill(forged, Tags.PRESENT);
        assertThatThrownBy(() -> value(forged))
                .isInstanceOf(CodecException.class)
                .hasMessage("part-1, offset 256: values lie more than 256 deep in each other");
    }

    @Test
    void whatFollowsAValueIsRefused() {
        assertThatThrownBy(() -> value(new byte[] {Tags.TRUE, Tags.TRUE}))
                .isInstanceOf(CodecException.class)
                .hasMessage("part-1, offset 1: 1 bytes are left over");
    }

    @Test
    void codecThatLeavesBytesOrThrowsIsNamed() {
        record Half(Codec<RandomValues.Celsius> codec) {
            Types types() {
                return Types.builtIn().with(RandomValues.Celsius.class, codec);
            }
        }
        var written = bytes(new RandomValues.Celsius(1));
        var lazy = new Half(codec(in -> new RandomValues.Celsius(in.readInt()))).types();
        assertThatThrownBy(() -> lazy.fromBytes(written, "part-1")).hasMessageContaining("4 bytes are left over");
        var greedy = new Half(codec(in -> new RandomValues.Celsius(in.readDouble() + in.readInt()))).types();
        assertThatThrownBy(() -> greedy.fromBytes(written, "part-1")).hasMessageContaining("cut off");
        var broken = new Half(codec(in -> {
                    throw new IllegalStateException("no");
                }))
                .types();
        assertThatThrownBy(() -> broken.fromBytes(written, "part-1"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Celsius refuses what was written: java.lang.IllegalStateException: no");
    }

    private static Codec<RandomValues.Celsius> codec(Function<BytesIn, RandomValues.Celsius> read) {
        return new Codec<>() {
            @Override
            public void write(RandomValues.Celsius value, BytesOut out) {
                out.writeDouble(value.degrees);
            }

            @Override
            public RandomValues.Celsius read(BytesIn in) {
                return read.apply(in);
            }
        };
    }

    @Test
    void optionalOfNothingIsRefused() {
        assertThatThrownBy(() -> value(new byte[] {Tags.PRESENT, Tags.NULL}))
                .hasMessageContaining("an optional that holds null");
        assertThat(value(bytes(Optional.of(1)))).isEqualTo(Optional.of(1));
    }
}
