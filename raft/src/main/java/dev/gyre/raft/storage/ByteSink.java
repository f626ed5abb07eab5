package dev.gyre.raft.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes that are being put together; grows as needed. */
final class ByteSink {
    private static final int INITIAL_BYTES = 256;

    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES);

    int size() {
        return buffer.position();
    }

    /** Drops all; keeps the memory. */
    void clear() {
        buffer.clear();
    }

    void putByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    void putBytes(byte[] bytes) {
        putInt(bytes.length);
        room(bytes.length).put(bytes);
    }

    void putText(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void putTexts(List<String> texts) {
        putInt(texts.size());
        texts.forEach(this::putText);
    }

    void putAll(ByteBuffer bytes) {
        room(bytes.remaining()).put(bytes.duplicate());
    }

    /** The next bytes, to be filled in by somebody else. */
    ByteBuffer next(int bytes) {
        var all = room(bytes);
        var next = all.slice(all.position(), bytes);
        all.position(all.position() + bytes);
        return next;
    }

    /** A view of what was put. */
    ByteBuffer view() {
        return buffer.duplicate().flip();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * buffer.capacity());
            buffer = ByteBuffer.allocate(Math.max(needed, doubled)).put(buffer.flip());
        }
        return buffer;
    }
}
