package dev.gyre.core.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines that wait to be written, as bytes. For one thread. */
public final class LineBuffer extends OutputStream {
    /** What is kept between writes: a burst of large lines does not hold its memory for ever. */
    private static final int KEPT_BYTES = 1 << 18;

    /** Numbers up to this are written without a detour; longer ones are rare. */
    private static final int SHORT_DECIMAL_DIGITS = 18;

    private static final long MAX_SHORT_DECIMAL = 999_999_999_999_999_999L;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    @Override
    public void write(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    /** Writes a text whose every character stands for itself in a JSON string; returns false, having written some, if one does not. */
    @SuppressWarnings("deprecation") // the one way to get at the bytes of a Latin-1 string without a copy of it
    boolean writePlain(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, bytes, size);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        size += length;
        return true;
    }

    /** Writes a number in decimal. */
    void writeDecimal(long number) {
        if (number < 0 || number > MAX_SHORT_DECIMAL) {
            write(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        ensure(SHORT_DECIMAL_DIGITS);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /** How many bytes wait. */
    public int size() {
        return size;
    }

    /** Drops what was written after the buffer had this size. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    /** Writes all that waits to a stream, and keeps none of it. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        out.flush();
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
    }

    /** Takes all that waits out of the buffer. */
    public byte[] drain() {
        var drained = Arrays.copyOf(bytes, size);
        size = 0;
        return drained;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            int wanted = Math.addExact(size, more);
            bytes = Arrays.copyOf(
                    bytes, Math.max(wanted, bytes.length > Integer.MAX_VALUE / 2 ? wanted : bytes.length * 2));
        }
    }
}
