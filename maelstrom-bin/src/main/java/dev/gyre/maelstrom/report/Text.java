package dev.gyre.maelstrom.report;

/**
 * Text of nodes made fit for XML and HTML. What nodes say is not trusted: it may hold markup, characters that XML 1.0 forbids
 * (§2.2), halves of surrogate pairs, and marks that turn the direction of writing so that a line reads as another.
 */
final class Text {
    /** Limit of one piece of text in a picture: enough to recognise a body, little enough for thousands of them. */
    static final int CUT_CHARS = 2_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int PICTURES_OF_CONTROLS = 0x2400;

    private Text() {}

    /** The text, or its beginning and how long it was. */
    static String cut(String text) {
        return cut(text, CUT_CHARS);
    }

    /** The text, or its beginning and how long it was. */
    static String cut(String text, int maxChars) {
        return text.length() <= maxChars
                ? text
                : text.substring(0, maxChars) + "… (" + Numbers.count(text.length()) + " characters)";
    }

    /** The text, or its beginning and an ellipsis: for labels, which have no room to say more. */
    static String ellipsis(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars - 1) + "…";
    }

    /** The text as character data, or as the value of an attribute in double quotes. */
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                escape(c, out);
            }
        }
        return out.toString();
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            // As a reference, since a parser turns a bare line feed in an attribute into a space.
            case '\n' -> out.append("&#10;");
            case '\t' -> out.append("&#9;");
            default -> out.append(visible(c));
        }
    }

    private static char visible(char c) {
        if (c < ' ') {
            return (char) (PICTURES_OF_CONTROLS + c);
        }
        boolean control = c >= 0x7F && c <= 0x9F;
        boolean turnsDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean notACharacter = c >= 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return control || turnsDirection || notACharacter || Character.isSurrogate(c) ? REPLACEMENT : c;
    }
}
