package dev.gyre.stream.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines as UTF-8, until they are written. */
final class LineBuffer {
    /** Bytes that are collected before they are written: enough that a system call costs little beside them. */
    private static final int FULL = 64 << 10;

    private byte[] bytes = new byte[FULL];
    private int size;

    /** Adds a line. Whether there is enough to write. */
    boolean add(Object value) {
        var line = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        if (bytes.length - size <= line.length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.addExact(line.length, FULL)));
        }
        System.arraycopy(line, 0, bytes, size, line.length);
        size += line.length;
        bytes[size++] = '\n';
        return size >= FULL;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The bytes of all lines, which are no longer here. They are to be written before the next line. */
    ByteBuffer take() {
        var all = ByteBuffer.wrap(bytes, 0, size);
        size = 0;
        return all;
    }
}
