package dev.gyre.stream.exchange;

import dev.gyre.stream.api.SubKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a key belongs, the same on every machine, in every process and in every version: a snapshot of one run is read by the next. It is
 * defined here and nowhere else, for the closed set of types that keys may have; {@link Object#hashCode} is not used, except where its value is
 * part of a specification ({@link String}).
 */
public final class KeyHash {
    private KeyHash() {}

    /**
     * The hash of a key: all 32 bits are well mixed.
     *
     * @throws IllegalArgumentException when the key is of a type that has no stable hash: says what to do
     */
    public static int of(Object key) {
        return switch (key) {
            case Long number -> of(number.longValue());
            case String text -> mix(text.hashCode()); // its value is specified, and it is kept in the string
            default -> ofOther(key);
        };
    }

    /** A method of its own: the commonest keys go a short way. */
    private static int ofOther(Object key) {
        return key instanceof SubKey<?, ?>(var outer, var inner)
                ? within(of(outer), of(inner))
                : (int) (mix64(raw(key)) >>> 32);
    }

    /** The upper half, which alone tells the group, is that of the outer key; the lower one tells inner keys apart, of each outer key in another way. */
    private static int within(int outer, int inner) {
        return (outer & 0xffff0000) | ((outer ^ (inner >>> 16)) & 0xffff);
    }

    /** The hash of a key that is a number. */
    public static int of(long key) {
        return (int) (mix64(key) >>> 32);
    }

    private static long raw(Object key) {
        return switch (key) {
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Byte number -> number;
            case Character character -> character;
            case Boolean flag -> flag ? 1 : 0;
            case String text -> text.hashCode();
            case Enum<?> constant -> constant.name().hashCode();
            case UUID id -> mix64(id.getMostSignificantBits()) + id.getLeastSignificantBits();
            case Optional<?> optional ->
                optional.map(value -> mix64(raw(value) + 1)).orElse(0L);
            case List<?> list -> rawList(list);
            case Record tuple -> rawList(RecordParts.of(tuple));
            default ->
                throw new IllegalArgumentException(
                        key.getClass().getName()
                                + " is no type of keys, as its hash may differ from machine to machine: use a number, a string, an enum, a UUID, or a record or list of these");
        };
    }

    private static long rawList(List<?> parts) {
        long hash = parts.size();
        for (var part : parts) {
            hash = mix64(hash) + (part == null ? 0 : raw(part));
        }
        return hash;
    }

    /** A finaliser of 32 bits with full avalanche (Murmur3's). */
    private static int mix(int bits) {
        int h = bits;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /** A finaliser of 64 bits with full avalanche (SplitMix64's). */
    private static long mix64(long bits) {
        long h = bits;
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
