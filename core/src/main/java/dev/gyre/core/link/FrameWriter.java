package dev.gyre.core.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes that grow as they are written; numbers have their highest byte first. */
final class FrameWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(256);

    private ByteBuffer room(int needed) {
        if (bytes.remaining() < needed) {
            int least = Math.addExact(bytes.position(), needed);
            bytes = ByteBuffer.allocate(Math.max(least, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.capacity() * 2L)))
                    .put(bytes.flip());
        }
        return bytes;
    }

    void putByte(int value) {
        room(1).put((byte) value);
    }

    void putInt(int value) {
        room(4).putInt(value);
    }

    void putLong(long value) {
        room(8).putLong(value);
    }

    void put(byte[] value) {
        room(value.length).put(value);
    }

    /** A length of four bytes, then UTF-8. */
    void putText(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        put(utf8);
    }

    /** What was written, to be changed in place. */
    ByteBuffer finish() {
        return bytes.flip();
    }
}
