package dev.gyre.stream.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends values to a stream of bytes, which a {@link ValueReader} reads in the same order. The name and the form of each registered type are written
 * once, with its first value; so a stream is read from its beginning. For one thread.
 */
public final class ValueWriter {
    private final Types types;
    private final String where;
    private BytesOut out;

    /** By a form's id: its number in this stream, from 1; 0 when it has not occurred. */
    private final int[] numbers;

    private int defined;
    private int depth;
    private @Nullable Class<?> lastClass;
    private @Nullable Form lastForm;

    /**
     * Begins a stream.
     *
     * @param where names the place in messages: an operator
     */
    public ValueWriter(Types types, BytesOut out, String where) {
        this.types = types;
        this.out = out;
        this.where = where;
        this.numbers = new int[types.registered()];
    }

    /** Begins another stream. */
    public void restart(BytesOut next) {
        out = next;
        Arrays.fill(numbers, 0);
        defined = 0;
        depth = 0;
    }

    /**
     * Appends a value. When it throws, a part of the value has been written, and the stream is of no use any more.
     *
     * @throws IllegalArgumentException when the value, or what it holds, is not among the types: names the class and the place, and says what to do
     * @throws CodecException when the bytes would be more than may be written
     */
    public void write(@Nullable Object value) {
        // The commonest first: a switch over types looks at them one by one.
        if (value instanceof Long number) {
            writeLong(number);
        } else if (value instanceof String text) {
            out.writeByte(Tags.STRING);
            out.writeString(text);
        } else if (value == null) {
            out.writeByte(Tags.NULL);
        } else {
            var type = value.getClass();
            if (type != lastClass) {
                lastForm = types.form(type);
                lastClass = type;
            }
            var form = lastForm;
            if (form != null) {
                enter(type);
                writeRegistered(form, value);
                depth--;
            } else {
                writeBuiltIn(value);
            }
        }
    }

    /** Appends a number as {@link #write(Object)} does a {@link Long}. */
    public void writeLong(long number) {
        out.writeByte(Tags.LONG);
        out.writeZigzag(number);
    }

    private void enter(Class<?> type) {
        if (++depth > Tags.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    where + ": a " + type.getName() + " lies " + depth + " values deep in others, where "
                            + Tags.MAX_DEPTH + " is the most: make it flatter, and look for a loop");
        }
    }

    @SuppressWarnings("EnumOrdinal") // the names in the order of their ordinals are in the same stream
    private void writeRegistered(Form form, Object value) {
        int number = numbers[form.id()];
        if (number == 0) {
            numbers[form.id()] = ++defined;
            out.writeByte(Tags.DEFINE);
            out.writeString(form.name());
            writeShape(form);
        } else {
            out.writeByte(Tags.USE);
            out.writeVarint(number - 1);
        }
        switch (form) {
            case RecordForm record -> {
                for (int i = 0; i < record.names().size(); i++) {
                    write(record.value(value, i));
                }
            }
            case Form.Constants constants -> out.writeVarint(((Enum<?>) value).ordinal());
            case Form.Coded coded -> {
                int at = out.size();
                out.writeInt(0);
                coded.codec().write(value, out);
                out.setInt(at, out.size() - at - Integer.BYTES);
            }
        }
    }

    private void writeShape(Form form) {
        switch (form) {
            case RecordForm record -> {
                out.writeByte(Tags.RECORD);
                writeNames(record.names());
            }
            case Form.Constants constants -> {
                out.writeByte(Tags.ENUM);
                writeNames(Arrays.stream(constants.all()).map(Enum::name).toList());
            }
            case Form.Coded coded -> out.writeByte(Tags.CODED);
        }
    }

    private void writeNames(List<String> names) {
        out.writeVarint(names.size());
        names.forEach(out::writeString);
    }

    private void writeBuiltIn(Object value) {
        switch (value) {
            case Integer number -> writeNumber(Tags.INTEGER, number);
            case Boolean flag -> out.writeByte(flag ? Tags.TRUE : Tags.FALSE);
            case Double number -> {
                out.writeByte(Tags.DOUBLE);
                out.writeDouble(number);
            }
            case Byte number -> writeNumber(Tags.BYTE, number);
            case Short number -> writeNumber(Tags.SHORT, number);
            case Float number -> {
                out.writeByte(Tags.FLOAT);
                out.writeInt(Float.floatToRawIntBits(number));
            }
            case Character character -> {
                out.writeByte(Tags.CHARACTER);
                out.writeVarint(character);
            }
            case byte[] bytes -> {
                out.writeByte(Tags.BYTES);
                out.writeBytes(bytes);
            }
            case long[] numbers -> {
                out.writeByte(Tags.LONGS);
                out.writeVarint(numbers.length);
                for (long number : numbers) {
                    out.writeLong(number);
                }
            }
            default -> {
                if (!BuiltIns.has(value.getClass())) {
                    throw Types.unknown(value.getClass(), where);
                }
                enter(value.getClass());
                if (!writeScalar(value)) {
                    writeCollection(value);
                }
                depth--;
            }
        }
    }

    private void writeNumber(byte tag, long number) {
        out.writeByte(tag);
        out.writeZigzag(number);
    }

    private boolean writeScalar(Object value) {
        switch (value) {
            case BigInteger number -> {
                out.writeByte(Tags.BIG_INTEGER);
                out.writeBytes(number.toByteArray());
            }
            case BigDecimal number -> {
                writeNumber(Tags.BIG_DECIMAL, number.scale());
                out.writeBytes(number.unscaledValue().toByteArray());
            }
            case UUID id -> {
                out.writeByte(Tags.UUID);
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            case Instant instant -> {
                writeNumber(Tags.INSTANT, instant.getEpochSecond());
                out.writeVarint(instant.getNano());
            }
            case Duration duration -> {
                writeNumber(Tags.DURATION, duration.getSeconds());
                out.writeVarint(duration.getNano());
            }
            case LocalDate date -> writeNumber(Tags.LOCAL_DATE, date.toEpochDay());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeCollection(Object value) {
        switch (value) {
            case Optional<?> optional when optional.isEmpty() -> out.writeByte(Tags.EMPTY);
            case Optional<?> optional -> {
                out.writeByte(Tags.PRESENT);
                write(optional.get());
            }
            case List<?> list -> writeAll(Tags.LIST, list);
            case SortedMap<?, ?> map when map.comparator() == null -> writeMap(Tags.SORTED_MAP, map);
            case SortedSet<?> set when set.comparator() == null -> writeAll(Tags.SORTED_SET, set);
            case SortedMap<?, ?> map -> throw ordered(map);
            case SortedSet<?> set -> throw ordered(set);
            case Map<?, ?> map -> writeMap(Tags.MAP, map);
            case Set<?> set -> writeAll(Tags.SET, set);
            case Map.Entry<?, ?> entry -> {
                out.writeByte(Tags.ENTRY);
                write(entry.getKey());
                write(entry.getValue());
            }
            default -> throw Types.unknown(value.getClass(), where);
        }
    }

    private IllegalArgumentException ordered(Object value) {
        return new IllegalArgumentException(where + ": a " + value.getClass().getName()
                + " has a comparator, which cannot be written: use the keys' own order, or a class with a codec");
    }

    private void writeAll(byte tag, Collection<?> values) {
        out.writeByte(tag);
        out.writeVarint(values.size());
        for (var value : values) {
            write(value);
        }
    }

    private void writeMap(byte tag, Map<?, ?> map) {
        out.writeByte(tag);
        out.writeVarint(map.size());
        for (var entry : map.entrySet()) {
            write(entry.getKey());
            write(entry.getValue());
        }
    }
}
