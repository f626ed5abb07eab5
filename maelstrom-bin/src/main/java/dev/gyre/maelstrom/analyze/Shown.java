package dev.gyre.maelstrom.analyze;

import dev.gyre.maelstrom.edn.EdnValue;

/** Values in messages. */
final class Shown {
    private static final int MAX = 60;

    private Shown() {}

    /** The value's text, or its beginning. */
    static String of(EdnValue value) {
        String text = value.toString();
        return text.length() <= MAX ? text : text.substring(0, MAX) + "…";
    }
}
