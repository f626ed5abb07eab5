package dev.gyre.raft.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Values of which nothing is known but the bytes, in one short line that a terminal can show. */
final class ValueText {
    /** As long as a line is read at ease, with what stands before it. */
    private static final int MAX_CODE_POINTS = 80;

    private static final int MAX_HEX_BYTES = 16;

    private ValueText() {}

    /** The bytes as text if they are printable UTF-8, else how many there are, and the first ones in hex. */
    static String of(byte[] bytes) {
        if (bytes.length == 0) {
            return "(empty)";
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.codePoints().allMatch(ValueText::isPrintable) ? shortened(text) : hex(bytes);
        } catch (CharacterCodingException noText) {
            return hex(bytes);
        }
    }

    /** Not what moves the cursor, ends a line, turns the direction of the text or may look like nothing. */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…";
    }

    private static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, MAX_HEX_BYTES);
        return bytes.length
                + (bytes.length == 1 ? " byte: " : " bytes: ")
                + HexFormat.of().formatHex(bytes, 0, shown)
                + (shown < bytes.length ? "…" : "");
    }
}
