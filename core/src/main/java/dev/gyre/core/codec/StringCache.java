package dev.gyre.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same string for the same bytes, as long as few others are asked for: node ids and type names come again and
 * again, and are looked up in maps by a hash that a string computes once. Of fixed size; for one thread.
 */
final class StringCache {
    private static final int SLOTS = 1 << 9;

    /** Longer texts are not the kind that comes again. */
    private static final int MAX_BYTES = 64;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] strings = new String[SLOTS];

    StringCache() {
        Arrays.fill(keys, new byte[0]);
        Arrays.fill(strings, "");
    }

    /** The text that these bytes are in UTF-8. */
    String get(byte[] bytes, int from, int to) {
        if (to - from > MAX_BYTES) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        var key = keys[slot];
        if (!Arrays.equals(key, 0, key.length, bytes, from, to)) {
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            strings[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        return strings[slot];
    }
}
