package dev.gyre.maelstrom.edn;

import java.util.Collection;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How strings and characters are written, both ways. */
final class EdnText {
    private static final SequencedMap<String, Character> NAMES = new TreeMap<>();
    private static final SequencedMap<Character, Character> ESCAPES = new TreeMap<>();
    private static final int SHOWN_MAX = 40;
    private static final int FIRST_PLAIN = 0x20;

    static {
        NAMES.put("newline", '\n');
        NAMES.put("return", '\r');
        NAMES.put("space", ' ');
        NAMES.put("tab", '\t');
        NAMES.put("formfeed", '\f');
        NAMES.put("backspace", '\b');
        ESCAPES.put('n', '\n');
        ESCAPES.put('r', '\r');
        ESCAPES.put('t', '\t');
        ESCAPES.put('f', '\f');
        ESCAPES.put('b', '\b');
        ESCAPES.put('"', '"');
        ESCAPES.put('\\', '\\');
    }

    private EdnText() {}

    /** The character that a name stands for, such as {@code newline}, {@code u0041}, {@code o101} or {@code a}. */
    static Optional<Character> named(String name) {
        if (name.length() == 1) {
            return Optional.of(name.charAt(0));
        }
        if (name.matches("u[0-9a-fA-F]{4}")) {
            return Optional.of((char) Integer.parseInt(name.substring(1), 16));
        }
        if (name.matches("o[0-3]?[0-7]{1,2}")) {
            return Optional.of((char) Integer.parseInt(name.substring(1), 8));
        }
        return Optional.ofNullable(NAMES.get(name));
    }

    /** What a backslash and a letter stand for in a string. */
    static Optional<Character> escaped(char letter) {
        return Optional.ofNullable(ESCAPES.get(letter));
    }

    static String character(char c) {
        for (var entry : NAMES.sequencedEntrySet()) {
            if (entry.getValue() == c) {
                return "\\" + entry.getKey();
            }
        }
        return isPlain(c) ? "\\" + c : "\\" + unicode(c);
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else {
                quoted.append(isPlain(c) ? String.valueOf(c) : "\\" + unicode(c));
            }
        }
        return quoted.append('"').toString();
    }

    /** Halves of surrogate pairs may stand alone in EDN, but not in a file. */
    private static boolean isPlain(char c) {
        return c >= FIRST_PLAIN && c != 0x7F && !Character.isSurrogate(c);
    }

    private static String unicode(char c) {
        return String.format("u%04x", (int) c);
    }

    /** The beginning of a text, for messages. */
    static String abridged(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }

    static String joined(String open, Collection<?> elements, String close) {
        return elements.stream().map(String::valueOf).collect(Collectors.joining(" ", open, close));
    }
}
