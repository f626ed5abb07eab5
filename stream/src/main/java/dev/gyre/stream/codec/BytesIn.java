package dev.gyre.stream.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that are read in order, as {@link BytesOut} has written them. Nothing is believed: whatever the bytes say, what is read lies within them,
 * nothing larger than they are is allocated, and all that does not fit is a {@link CodecException} that names the bytes and the offset. For one
 * thread.
 */
public final class BytesIn {
    static final int MAX_VARINT = 10;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final String what;
    private final int start;
    private int at;
    private int end;

    /**
     * All bytes of an array.
     *
     * @param what names the bytes in messages: an object, an operator
     */
    public BytesIn(byte[] bytes, String what) {
        this(bytes, 0, bytes.length, what);
    }

    /**
     * A part of an array; offsets count from its beginning.
     *
     * @param what names the bytes in messages: an object, an operator
     */
    public BytesIn(byte[] bytes, int from, int to, String what) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.end = to;
        this.what = what;
        if (from < 0 || to < from || to > bytes.length) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + bytes.length + " bytes");
        }
    }

    /** What the bytes are called in messages. */
    public String what() {
        return what;
    }

    /** How many bytes have been read. */
    public int offset() {
        return at - start;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - at;
    }

    /** What to throw when what was read last makes no sense. */
    public CodecException malformed(String problem) {
        return malformed(offset(), problem);
    }

    CodecException malformed(int offset, String problem) {
        return new CodecException(what, offset, problem);
    }

    /** Complains unless all has been read. */
    public void end() {
        if (at != end) {
            throw malformed(remaining() + " bytes are left over");
        }
    }

    /** From here on, only so many bytes are there; gives what to {@link #restore}. */
    int limit(int length) {
        int before = end;
        end = at + length;
        return before;
    }

    void restore(int limit) {
        end = limit;
    }

    private int take(int count, String kind) {
        if (count > end - at) {
            throw malformed("cut off: " + kind + " of " + count + " bytes, where " + remaining() + " are left");
        }
        int from = at;
        at = from + count;
        return from;
    }

    /** Reads a byte, with its sign. */
    public byte readByte() {
        return bytes[take(1, "a number")];
    }

    /** Reads 4 bytes. */
    public int readInt() {
        return (int) INTS.get(bytes, take(Integer.BYTES, "a number"));
    }

    /** Reads 8 bytes. */
    public long readLong() {
        return (long) LONGS.get(bytes, take(Long.BYTES, "a number"));
    }

    /** Reads 8 bytes; every NaN stays what it is. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads a number without a sign: see {@link BytesOut#writeVarint}. One in more bytes than it needs is refused. */
    public long readVarint() {
        int from = at;
        if (from < end && bytes[from] >= 0) {
            at = from + 1;
            return bytes[from];
        }
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            byte next = bytes[take(1, "a varint")];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                if ((next == 0 && i > 0) || (next > 1 && i == MAX_VARINT - 1)) {
                    break;
                }
                return value;
            }
        }
        throw malformed(from - start, "no varint");
    }

    /** Reads a number with a sign: see {@link BytesOut#writeZigzag}. */
    public long readZigzag() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * Reads a varint within bounds.
     *
     * @param kind names it in messages
     */
    public int readVarint(int min, int max, String kind) {
        int from = offset();
        long value = readVarint();
        if (value < min || value > max) {
            throw malformed(from, kind + " is from " + min + " to " + max + ", not " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /**
     * Reads a zigzag number within bounds.
     *
     * @param kind names it in messages
     */
    public long readZigzag(long min, long max, String kind) {
        int from = offset();
        long value = readZigzag();
        if (value < min || value > max) {
            throw malformed(from, kind + " is from " + min + " to " + max + ", not " + value);
        }
        return value;
    }

    /**
     * Reads how many elements follow, as a varint: never more than the bytes that are left can be.
     *
     * @param bytesEach the least that an element takes, at least 1
     */
    public int readCount(int bytesEach) {
        int from = offset();
        long count = readVarint();
        if (count < 0 || count > remaining() / bytesEach) {
            throw malformed(
                    from,
                    "cut off: " + Long.toUnsignedString(count) + " elements of at least " + bytesEach + " bytes, where "
                            + remaining() + " are left");
        }
        return (int) count;
    }

    /** Reads a length, and so many bytes. */
    public byte[] readBytes() {
        int length = readCount(1);
        int from = take(length, "bytes");
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Reads a text: see {@link BytesOut#writeString}. */
    public String readString() {
        int length = readCount(1);
        int from = take(length, "a text");
        var text = Utf8.decode(bytes, from, length);
        if (text == null) {
            throw malformed(from - start, "a text that is not UTF-8");
        }
        return text;
    }
}
