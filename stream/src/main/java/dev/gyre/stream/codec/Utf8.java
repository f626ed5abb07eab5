package dev.gyre.stream.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 without loss: the JDK's writes half of a surrogate pair as a question mark, and two keys would become one. Here it takes three bytes, as
 * other characters of its range do.
 */
final class Utf8 {
    /** The least character of a form: one that would fit a shorter form is not what was written. */
    private static final int[] MIN = {0, 0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /** How many bytes a text takes. */
    static long length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                if (isPair(text, i)) {
                    i++; // four bytes: three have been counted for the first of the two characters, one for the second
                }
            }
        }
        return length;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /** Writes a text; there must be room. */
    static void encode(String text, byte[] to, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            int c = isPair(text, i) ? Character.toCodePoint(text.charAt(i), text.charAt(++i)) : text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xc0 | c >> 6);
                to[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (c < 0x10000) {
                to[at++] = (byte) (0xe0 | c >> 12);
                to[at++] = (byte) (0x80 | (c >> 6 & 0x3f));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            } else {
                to[at++] = (byte) (0xf0 | c >> 18);
                to[at++] = (byte) (0x80 | (c >> 12 & 0x3f));
                to[at++] = (byte) (0x80 | (c >> 6 & 0x3f));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
    }

    /** Reads a text, or nothing when the bytes are not what {@link #encode} writes. */
    static @Nullable String decode(byte[] bytes, int from, int length) {
        int ascii = 0;
        while (ascii < length && bytes[from + ascii] >= 0) {
            ascii++;
        }
        if (ascii == length) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        return decodeWide(bytes, from, from + length);
    }

    private static @Nullable String decodeWide(byte[] bytes, int from, int to) {
        var chars = new char[to - from];
        int size = 0;
        for (int at = from; at < to; ) {
            int first = bytes[at];
            if (first >= 0) {
                chars[size++] = (char) first;
                at++;
                continue;
            }
            int count = (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 0;
            if (count == 0 || to - at < count) {
                return null;
            }
            int c = first & 0x7f >> count;
            for (int i = 1; i < count; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return null;
                }
                c = c << 6 | (bytes[at + i] & 0x3f);
            }
            at += count;
            if (c < MIN[count] || c > Character.MAX_CODE_POINT) {
                return null;
            }
            size += Character.toChars(c, chars, size);
        }
        return new String(chars, 0, size);
    }
}
