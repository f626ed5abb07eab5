package dev.gyre.stream.codec;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ValueWriter} has written. Types are found by name among the registered ones and nowhere else. For one thread.
 */
public final class ValueReader {
    /** Elements that room is made for before they are read: a length may be forged, and lie deep in others. */
    private static final int MAX_ROOM = 64;

    private static final int MAX_NANO = 999_999_999;

    private final Types types;
    private final BytesIn in;
    private final List<Written> defined = new ArrayList<>();
    private int depth;

    /** A registered type as this stream has it. */
    private sealed interface Written {
        /** A record of the first components that there are now. */
        record OfRecord(RecordForm form, int components) implements Written {}

        /** Constants by their numbers in the stream; null for one that there is no more. */
        record OfEnum(Form.Constants form, List<String> names, List<@Nullable Enum<?>> constants) implements Written {}

        /** A class with a codec. */
        record OfCodec(Form.Coded form) implements Written {}
    }

    /** Begins to read a stream, at its beginning. */
    public ValueReader(Types types, BytesIn in) {
        this.types = types;
        this.in = in;
    }

    /**
     * Reads the next value.
     *
     * @throws CodecException when the bytes are none: cut off, damaged, or of types that are not registered or were something else
     */
    public @Nullable Object read() {
        int at = in.offset();
        byte tag = in.readByte();
        return switch (tag) {
            case Tags.NULL -> null;
            case Tags.FALSE -> false;
            case Tags.TRUE -> true;
            case Tags.BYTE -> (byte) in.readZigzag(Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
            case Tags.SHORT -> (short) in.readZigzag(Short.MIN_VALUE, Short.MAX_VALUE, "a short");
            case Tags.INTEGER -> (int) in.readZigzag(Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
            case Tags.LONG -> in.readZigzag();
            case Tags.FLOAT -> Float.intBitsToFloat(in.readInt());
            case Tags.DOUBLE -> in.readDouble();
            case Tags.CHARACTER -> (char) in.readVarint(0, Character.MAX_VALUE, "a character");
            case Tags.STRING -> in.readString();
            case Tags.BYTES -> in.readBytes();
            case Tags.LONGS -> longs();
            case Tags.BIG_INTEGER -> bigInteger();
            case Tags.BIG_DECIMAL -> {
                int scale = (int) in.readZigzag(Integer.MIN_VALUE, Integer.MAX_VALUE, "a scale");
                yield new BigDecimal(bigInteger(), scale);
            }
            case Tags.UUID -> new UUID(in.readLong(), in.readLong());
            case Tags.INSTANT, Tags.DURATION, Tags.LOCAL_DATE -> time(tag, at);
            case Tags.EMPTY -> Optional.empty();
            default -> nested(tag, at);
        };
    }

    private long[] longs() {
        var longs = new long[in.readCount(Long.BYTES)];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = in.readLong();
        }
        return longs;
    }

    private BigInteger bigInteger() {
        int at = in.offset();
        var bytes = in.readBytes();
        if (bytes.length == 0) {
            throw in.malformed(at, "a number without digits");
        }
        return new BigInteger(bytes);
    }

    private Object time(byte tag, int at) {
        long first = in.readZigzag();
        try {
            return switch (tag) {
                case Tags.INSTANT -> Instant.ofEpochSecond(first, in.readVarint(0, MAX_NANO, "a nanosecond"));
                case Tags.DURATION -> Duration.ofSeconds(first, in.readVarint(0, MAX_NANO, "a nanosecond"));
                default -> LocalDate.ofEpochDay(first);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new CodecException(in.what(), at, "no time: " + e.getMessage(), e);
        }
    }

    private Object nested(byte tag, int at) {
        if (++depth > Tags.MAX_DEPTH) {
            throw in.malformed(at, "values lie more than " + Tags.MAX_DEPTH + " deep in each other");
        }
        Object value = switch (tag) {
            case Tags.PRESENT -> {
                var present = read();
                if (present == null) {
                    throw in.malformed(at, "an optional that holds null");
                }
                yield Optional.of(present);
            }
            case Tags.LIST -> list();
            case Tags.MAP -> map(new LinkedHashMap<>(), at);
            case Tags.SORTED_MAP -> map(new TreeMap<>(), at);
            case Tags.SET -> set(new LinkedHashSet<>(), at);
            case Tags.SORTED_SET -> set(new TreeSet<>(), at);
            case Tags.ENTRY -> new AbstractMap.SimpleImmutableEntry<@Nullable Object, @Nullable Object>(read(), read());
            case Tags.DEFINE -> registered(define(), at);
            case Tags.USE -> registered(used(at), at);
            default -> throw in.malformed(at, "no type has the tag " + (tag & 0xff));
        };
        depth--;
        return value;
    }

    private List<@Nullable Object> list() {
        int count = in.readCount(1);
        var list = new ArrayList<@Nullable Object>(Math.min(count, MAX_ROOM));
        for (int i = 0; i < count; i++) {
            list.add(read());
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(Map<@Nullable Object, @Nullable Object> map, int at) {
        int count = in.readCount(2);
        for (int i = 0; i < count; i++) {
            var key = read();
            var value = read();
            try {
                map.put(key, value);
            } catch (ClassCastException | NullPointerException e) {
                throw new CodecException(in.what(), at, "keys that cannot be sorted: " + e.getMessage(), e);
            }
            checkSize(map.size(), i, at);
        }
        return map;
    }

    private Collection<@Nullable Object> set(Collection<@Nullable Object> set, int at) {
        int count = in.readCount(1);
        for (int i = 0; i < count; i++) {
            var value = read();
            try {
                set.add(value);
            } catch (ClassCastException | NullPointerException e) {
                throw new CodecException(in.what(), at, "values that cannot be sorted: " + e.getMessage(), e);
            }
            checkSize(set.size(), i, at);
        }
        return set;
    }

    private void checkSize(int size, int index, int at) {
        if (size != index + 1) {
            throw in.malformed(at, "a map or set holds the same twice");
        }
    }

    private Written used(int at) {
        long number = in.readVarint();
        if (number < 0 || number >= defined.size()) {
            throw in.malformed(
                    at, "type number " + Long.toUnsignedString(number) + " of the " + defined.size() + " met so far");
        }
        return defined.get((int) number);
    }

    private Written define() {
        int at = in.offset();
        var name = in.readString();
        int shape = in.readByte();
        var form = types.named(name)
                .orElseThrow(() -> in.malformed(
                        at,
                        "\"" + name + "\" is not among the types of this job (" + types.names()
                                + "): add it, or give it the name that it had"));
        var written = switch (shape) {
            case Tags.RECORD -> record(form, names(), at);
            case Tags.ENUM -> constants(form, names(), at);
            case Tags.CODED -> coded(form, at);
            default -> throw in.malformed(at, "no shape of types is " + shape);
        };
        defined.add(written);
        return written;
    }

    private List<String> names() {
        int count = in.readCount(1);
        var names = new ArrayList<String>(Math.min(count, MAX_ROOM));
        for (int i = 0; i < count; i++) {
            names.add(in.readString());
        }
        return names;
    }

    private Written record(Form form, List<String> names, int at) {
        if (form instanceof RecordForm now) {
            if (now.canRead(names)) {
                return new Written.OfRecord(now, names.size());
            }
            throw in.malformed(
                    at,
                    "record \"" + form.name() + "\" was written with the components " + names + ", and "
                            + form.type().getName() + " has " + now.names()
                            + ": only Optional or Nullable ones may be added, at the end");
        }
        throw otherShape(form, "a record", at);
    }

    private Written constants(Form form, List<String> names, int at) {
        if (form instanceof Form.Constants now) {
            var constants = new ArrayList<@Nullable Enum<?>>();
            names.forEach(name -> constants.add(now.find(name)));
            return new Written.OfEnum(now, names, constants);
        }
        throw otherShape(form, "an enum", at);
    }

    private Written coded(Form form, int at) {
        if (form instanceof Form.Coded now) {
            return new Written.OfCodec(now);
        }
        throw otherShape(form, "a class with a codec", at);
    }

    private CodecException otherShape(Form form, String was, int at) {
        return in.malformed(
                at,
                "\"" + form.name() + "\" was " + was + " when it was written, and is "
                        + switch (form) {
                            case RecordForm record -> "a record";
                            case Form.Constants constants -> "an enum";
                            case Form.Coded coded -> "a class with a codec";
                        }
                        + " now (" + form.type().getName()
                        + "): give it the form that it had, or the new one another name");
    }

    private Object registered(Written written, int at) {
        return switch (written) {
            case Written.OfRecord(var form, int components) -> tuple(form, components, at);
            case Written.OfEnum(var form, var names, var constants) -> {
                int number = in.readVarint(0, Integer.MAX_VALUE, "a constant");
                var constant = number < constants.size() ? constants.get(number) : null;
                if (constant == null) {
                    throw in.malformed(
                            at,
                            form.type().getName() + " has no constant "
                                    + (number < constants.size() ? names.get(number) : "number " + number));
                }
                yield constant;
            }
            case Written.OfCodec(var form) -> coded(form);
        };
    }

    private Object tuple(RecordForm form, int components, int at) {
        var values = new @Nullable Object[form.names().size()];
        for (int i = 0; i < values.length; i++) {
            int from = in.offset();
            values[i] = i < components ? read() : form.absent(i);
            if (!form.fits(i, values[i])) {
                var found = values[i];
                throw in.malformed(
                        from,
                        "component " + form.names().get(i) + " of "
                                + form.type().getName() + " is " + form.declared(i)
                                + ", and was written as "
                                + (found == null ? "null" : found.getClass().getName()));
            }
        }
        try {
            return form.create(values);
        } catch (InvocationTargetException e) {
            var cause = Form.cause(e);
            throw new CodecException(
                    in.what(), at, form.type().getName() + " refuses what was written: " + cause, cause);
        }
    }

    private Object coded(Form.Coded form) {
        int from = in.offset();
        int length = in.readInt();
        if (length < 0 || length > in.remaining()) {
            throw in.malformed(
                    from,
                    "cut off: a " + form.name() + " of " + length + " bytes, where " + in.remaining() + " are left");
        }
        int limit = in.limit(length);
        Object value;
        try {
            value = form.codec().read(in);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException(
                    in.what(), from, "the codec of " + form.type().getName() + " refuses what was written: " + e, e);
        }
        in.end();
        in.restore(limit);
        return value;
    }
}
