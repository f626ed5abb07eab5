package dev.gyre.core.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code src}, {@code dest} and the body in a line, and {@code type}, {@code msg_id} and {@code in_reply_to} in the
 * body, in one pass over the bytes and without a tree.
 *
 * <p>Why not Jackson here: a payload can only be bound once its {@code type} is known, and {@code type} may stand last in
 * the body. A tree, a token buffer or a second parser for what comes before it costs as much as all the rest of a node's
 * work on a small message. The scanner only steps over values; what is inside the body is read by Jackson when it is
 * bound, which is also what judges its syntax. For one thread.
 */
final class LineScanner {
    private static final byte[] SRC = ascii("src");
    private static final byte[] DEST = ascii("dest");
    private static final byte[] BODY = ascii("body");
    private static final byte[] TYPE = ascii("type");
    private static final byte[] MSG_ID = ascii("msg_id");
    private static final byte[] IN_REPLY_TO = ascii("in_reply_to");

    /** More digits might not fit a {@code long}; no sender counts that far. */
    private static final int MAX_ID_DIGITS = 18;

    private final StringCache strings = new StringCache();
    private byte[] line = {};
    private int at;
    private int to;
    private int keyFrom;
    private int keyTo;
    private @Nullable String src;
    private @Nullable String dest;
    private @Nullable String type;
    private OptionalLong msgId = OptionalLong.empty();
    private OptionalLong inReplyTo = OptionalLong.empty();
    private int bodyFrom;
    private int bodyLength;

    /**
     * Takes a line apart.
     *
     * @param bytes what holds the line
     * @param from where it begins
     * @param end where it ends, without its line break
     * @throws MalformedLine when it is no JSON object with what a message needs
     */
    Envelope scan(byte[] bytes, int from, int end, long lineNumber) throws MalformedLine {
        line = bytes;
        at = from;
        to = end;
        src = null;
        dest = null;
        type = null;
        msgId = OptionalLong.empty();
        inReplyTo = OptionalLong.empty();
        bodyLength = 0;
        try {
            scanMessage();
        } catch (MalformedLine e) {
            throw e.at(at - from + 1);
        }
        if (bodyLength == 0) {
            throw new MalformedLine("the message has no \"body\"");
        }
        return new Envelope(
                lineNumber,
                required(src, "src"),
                required(dest, "dest"),
                required(type, "body.type"),
                msgId,
                inReplyTo,
                bodyFrom,
                bodyLength);
    }

    private static String required(@Nullable String value, String field) throws MalformedLine {
        if (value == null) {
            throw new MalformedLine("the message has no \"" + field + "\"");
        }
        return value;
    }

    private void scanMessage() throws MalformedLine {
        expect('{', "a message is a JSON object");
        boolean isFirst = true;
        while (nextKey(isFirst)) {
            isFirst = false;
            if (isKey(SRC)) {
                src = string("src");
            } else if (isKey(DEST)) {
                dest = string("dest");
            } else if (isKey(BODY)) {
                scanBody();
            } else {
                skipValue();
            }
        }
        skipBlanks();
        if (at < to) {
            throw new MalformedLine("something follows the message");
        }
    }

    private void scanBody() throws MalformedLine {
        skipBlanks();
        bodyFrom = at;
        expect('{', "\"body\" is a JSON object");
        boolean isFirst = true;
        while (nextKey(isFirst)) {
            isFirst = false;
            if (isKey(TYPE)) {
                type = string("body.type");
            } else if (isKey(MSG_ID)) {
                msgId = id("msg_id");
            } else if (isKey(IN_REPLY_TO)) {
                inReplyTo = id("in_reply_to");
            } else {
                skipValue();
            }
        }
        bodyLength = at - bodyFrom;
    }

    /** Steps to the value of the next member of an object and keeps where its key is; or out of the object. */
    private boolean nextKey(boolean isFirst) throws MalformedLine {
        skipBlanks();
        if (isNext('}')) {
            return false;
        }
        if (!isFirst) {
            expect(',', "the members of an object are separated by commas");
            skipBlanks();
        }
        expect('"', "the key of a member is a string");
        keyFrom = at;
        skipToQuote();
        keyTo = at - 1;
        skipBlanks();
        expect(':', "a colon follows the key of a member");
        skipBlanks();
        return true;
    }

    private boolean isKey(byte[] key) {
        if (keyTo - keyFrom != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (line[keyFrom + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private String string(String field) throws MalformedLine {
        expect('"', "\"" + field + "\" is a string");
        int from = at;
        boolean isPlain = skipToQuote();
        if (isPlain) {
            return strings.get(line, from, at - 1);
        }
        try {
            return Json.MAPPER.readValue(line, from - 1, at - from + 1, String.class);
        } catch (IOException e) {
            throw new MalformedLine("\"" + field + "\" is no valid string");
        }
    }

    private OptionalLong id(String field) throws MalformedLine {
        if (at < to && line[at] == 'n') {
            skipValue();
            return OptionalLong.empty();
        }
        int from = at;
        boolean isNegative = isNext('-');
        int digits = at;
        long value = 0;
        while (at < to && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + (line[at++] - '0');
        }
        boolean isWhole = at < to && (line[at] == ',' || line[at] == '}' || isBlank(line[at]));
        if (at == digits || at - digits > MAX_ID_DIGITS || !isWhole) {
            at = from;
            throw new MalformedLine("\"" + field + "\" is an integer of at most " + MAX_ID_DIGITS + " digits");
        }
        return OptionalLong.of(isNegative ? -value : value);
    }

    private void skipValue() throws MalformedLine {
        int depth = 0;
        while (at < to) {
            byte b = line[at];
            if (b == '"') {
                at++;
                skipToQuote();
            } else if (b == '{' || b == '[') {
                depth++;
                at++;
            } else if (depth > 0 && (b == '}' || b == ']')) {
                depth--;
                at++;
            } else if (depth == 0 && (b == ',' || b == '}' || b == ']')) {
                throw new MalformedLine("a value is missing");
            } else {
                at++;
                if (depth == 0 && !isBlank(b)) {
                    skipScalar();
                    return;
                }
                continue;
            }
            if (depth == 0) {
                return;
            }
        }
        throw new MalformedLine("the line ends inside a value");
    }

    private void skipScalar() {
        while (at < to && line[at] != ',' && line[at] != '}' && line[at] != ']' && !isBlank(line[at])) {
            at++;
        }
    }

    /** Steps behind the closing quote of a string; says whether the string is free of escapes. */
    private boolean skipToQuote() throws MalformedLine {
        boolean isPlain = true;
        while (at < to) {
            byte b = line[at++];
            if (b == '"') {
                return isPlain;
            }
            if (b == '\\') {
                isPlain = false;
                at++;
            }
        }
        throw new MalformedLine("the line ends inside a string");
    }

    private void expect(char wanted, String rule) throws MalformedLine {
        skipBlanks();
        if (!isNext(wanted)) {
            throw new MalformedLine(rule + (at >= to ? ", but the line ends" : ""));
        }
    }

    private boolean isNext(char wanted) {
        if (at < to && line[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < to && isBlank(line[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
