package dev.gyre.stream.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Bytes that are appended to, in big-endian order. The buffer grows up to a bound; beyond it a {@link CodecException} is thrown, and the bytes
 * up to there stay. For one thread.
 */
public final class BytesOut {
    /** As many as an array can hold on every JVM. */
    public static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private static final int FIRST_BYTES = 256;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int maxBytes;
    private byte[] bytes;
    private int size;

    /** No bytes yet, and no bound but {@link #MAX_BYTES}. */
    public BytesOut() {
        this(FIRST_BYTES, MAX_BYTES);
    }

    /**
     * No bytes yet.
     *
     * @param firstBytes room at the beginning, at least 0
     * @param maxBytes how many may be written, from {@code firstBytes} to {@link #MAX_BYTES}
     */
    public BytesOut(int firstBytes, int maxBytes) {
        if (firstBytes < 0 || maxBytes < firstBytes || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("a buffer begins with at least 0 bytes and ends with at most "
                    + MAX_BYTES + ", not from " + firstBytes + " to " + maxBytes);
        }
        this.bytes = new byte[firstBytes];
        this.maxBytes = maxBytes;
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** Forgets all bytes, and keeps the room. */
    public void clear() {
        size = 0;
    }

    /** A view of what has been written, without a copy; valid until more is written. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, size).slice().asReadOnlyBuffer();
    }

    /** A copy of what has been written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** CRC-32C of what has been written, from an offset on. */
    public int crc32c(int from) {
        var crc = new CRC32C();
        crc.update(bytes, from, size - from);
        return (int) crc.getValue();
    }

    /** Appends the low 8 bits. */
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Appends 4 bytes. */
    public void writeInt(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /**
     * Puts another number in the place of 4 bytes: for a length that is known only afterwards.
     *
     * @throws IndexOutOfBoundsException when they are not written yet
     */
    public void setInt(int at, int value) {
        INTS.set(bytes, Objects.checkFromIndexSize(at, Integer.BYTES, size), value);
    }

    /** Appends 8 bytes. */
    public void writeLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** Appends 8 bytes; every NaN stays what it is. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Appends a number without a sign in 1 to 10 bytes, the fewer the smaller: 7 bits in each, the lowest first. */
    public void writeVarint(long value) {
        reserve((Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7);
        byte[] to = bytes;
        int at = size;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    /** Appends a number with a sign as a varint, in few bytes when it is near 0 on either side. */
    public void writeZigzag(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    /** Appends a length, and so many bytes. */
    public void writeBytes(byte[] value) {
        writeVarint(value.length);
        append(value, 0, value.length);
    }

    /** Appends bytes without their length. */
    public void append(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /**
     * Appends a length in bytes, and a text in UTF-8. Half of a surrogate pair, for which UTF-8 has no form, is written like any other
     * character, in three bytes: every string comes back as it was.
     */
    @SuppressWarnings("deprecation") // the one way to copy the bytes of a text in ASCII without an array between
    public void writeString(String text) {
        long length = Utf8.length(text);
        writeVarint(length);
        reserve(length);
        if (length == text.length()) {
            text.getBytes(0, text.length(), bytes, size);
        } else {
            Utf8.encode(text, bytes, size);
        }
        size += (int) length;
    }

    private void reserve(long count) {
        if (bytes.length - size < count) {
            grow(size + count);
        }
    }

    private void grow(long needed) {
        if (needed > maxBytes) {
            throw new CodecException(
                    "bytes to write", size, "more than " + maxBytes + " bytes, which is the bound of this buffer");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, maxBytes)));
    }
}
