package dev.gyre.stream.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of all types, drawn from a seed. */
public final class RandomValues {
    /** All that is registered. */
    public static final Types TYPES =
            Types.builtIn().with(Celsius.class, new CelsiusCodec()).with(Event.class, Order.class);

    private static final int KINDS = 30;
    private static final int FLAT_KINDS = 21;

    private final Random random;

    /** Draws from a seed. */
    public RandomValues(long seed) {
        this.random = new Random(seed);
    }

    enum Side {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "with a body";
            }
        }
    }

    record Order(long id, String customer, double total, Side side, Optional<Order> parent) {}

    sealed interface Event {}

    record Opened(int desk, Map<String, Leg> legs) implements Event {}

    record Closed(boolean isFinal, @Nullable Celsius outside) implements Event {}

    @SuppressWarnings("ArrayRecordComponent") // users have them, and they must be kept
    record Leg(char code, byte[] body) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Leg that && code == that.code && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return code;
        }
    }

    /** No record: it has a codec. */
    static final class Celsius {
        final double degrees;

        Celsius(double degrees) {
            this.degrees = degrees;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Celsius that && Double.compare(degrees, that.degrees) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(degrees);
        }
    }

    static final class CelsiusCodec implements Codec<Celsius> {
        @Override
        public void write(Celsius value, BytesOut out) {
            out.writeDouble(value.degrees);
        }

        @Override
        public Celsius read(BytesIn in) {
            return new Celsius(in.readDouble());
        }
    }

    /** A number of any size. */
    public long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private byte[] bytes() {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A text, with halves of pairs among its characters. */
    public String text() {
        var text = new StringBuilder();
        int bound = random.nextInt(3) == 0 ? Character.MAX_VALUE + 1 : 0x7f; // halves of pairs among them
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) random.nextInt(bound));
            if (bound > 0x7f && random.nextInt(4) == 0) {
                text.appendCodePoint(0x1f600 + random.nextInt(60));
            }
        }
        return text.toString();
    }

    /** A value of any kind. */
    public @Nullable Object any(int depth) {
        return ofKind(random.nextInt(depth > 3 ? FLAT_KINDS : KINDS), depth);
    }

    /** A value of each kind. */
    List<@Nullable Object> all() {
        var all = new ArrayList<@Nullable Object>();
        for (int kind = 0; kind < KINDS; kind++) {
            all.add(ofKind(kind, 1));
        }
        return all;
    }

    private Order order(int depth) {
        return new Order(
                number(),
                text(),
                random.nextGaussian(),
                Side.values()[random.nextInt(2)],
                depth > 3 ? Optional.empty() : Optional.of(order(depth + 1)));
    }

    private Opened opened() {
        var legs = new LinkedHashMap<String, Leg>();
        for (int i = random.nextInt(3); i > 0; i--) {
            legs.put(text(), new Leg((char) random.nextInt(1 << 16), bytes()));
        }
        return new Opened((int) number(), legs);
    }

    private @Nullable Object ofKind(int kind, int depth) {
        return switch (kind) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> false;
            case 3 -> (byte) number();
            case 4 -> (short) number();
            case 5 -> (int) number();
            case 6 -> number();
            case 7 -> Float.intBitsToFloat(random.nextInt());
            case 8 -> Double.longBitsToDouble(random.nextLong());
            case 9 -> (char) random.nextInt(1 << 16);
            case 10 -> text();
            case 11 -> new BigInteger(random.nextInt(200), random).negate();
            case 12 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(99) - 50);
            case 13 -> new UUID(random.nextLong(), random.nextLong());
            case 14 -> Instant.ofEpochSecond(number() >> 30, random.nextInt(1_000_000_000));
            case 15 -> Duration.ofSeconds(number(), random.nextInt(1_000_000_000));
            case 16 -> LocalDate.ofEpochDay(number() >> 36);
            case 17 -> Optional.empty();
            case 18 -> new Celsius(random.nextGaussian());
            case 19 -> Side.values()[random.nextInt(2)];
            case 20 -> new Closed(random.nextBoolean(), random.nextBoolean() ? null : new Celsius(1));
            case 21 -> Optional.of(text());
            case 22 -> list(depth);
            case 23 -> map(depth);
            case 24 -> new LinkedHashSet<>(list(depth));
            case 25 -> new TreeMap<>(Map.of(text(), 1, "a long one that none is like", 2));
            case 26 -> new TreeSet<>(List.of(number()));
            case 27 -> new AbstractMap.SimpleImmutableEntry<>(any(depth + 1), any(depth + 1));
            case 28 -> order(depth);
            default -> opened();
        };
    }

    private List<@Nullable Object> list(int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(any(depth + 1));
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(int depth) {
        var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(any(depth + 1), any(depth + 1));
        }
        return map;
    }
}
