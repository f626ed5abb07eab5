package dev.gyre.core.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a {@link PlainRecord} from the bytes of a body, or gives up and leaves it to Jackson. Keeps nothing between calls. */
final class PlainReader {
    /** More digits might not fit. */
    private static final int MAX_LONG_DIGITS = 18;

    private static final int MAX_INT_DIGITS = 9;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int to;
    private int at;

    private PlainReader(byte[] json, int from, int to) {
        this.json = json;
        this.at = from;
        this.to = to;
    }

    /** The record that a body holds, or null when that is for Jackson to say. */
    static @Nullable Object read(PlainRecord plain, byte[] json, int from, int length) {
        try {
            return new PlainReader(json, from, from + length).read(plain);
        } catch (ReflectiveOperationException e) {
            return null; // the record's own checks refuse the values: Jackson reports that
        }
    }

    private @Nullable Object read(PlainRecord plain) throws ReflectiveOperationException {
        var values = new Object[plain.size()];
        int missing = values.length;
        if (!skip('{')) {
            return null;
        }
        do {
            int keyFrom = at + 1;
            int keyTo = closingQuote();
            if (keyTo < 0 || !skip(':')) {
                return null;
            }
            int component = indexOf(plain, keyFrom, keyTo);
            if (component < 0) {
                if (!skipPlainValue()) {
                    return null;
                }
                continue;
            }
            var value = value(plain.kind(component));
            if (value == null || values[component] != null) {
                return null;
            }
            values[component] = value;
            missing--;
        } while (skip(','));
        return skip('}') && at == to && missing == 0 ? plain.create(values) : null;
    }

    private int indexOf(PlainRecord plain, int from, int end) {
        for (int i = 0; i < plain.size(); i++) {
            var name = plain.name(i);
            if (name.length == end - from && matches(name, from)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(byte[] name, int from) {
        for (int i = 0; i < name.length; i++) {
            if (json[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object value(PlainRecord.Kind kind) {
        return switch (kind) {
            case STRING -> string();
            case LONG -> number(MAX_LONG_DIGITS);
            case INT -> {
                var value = number(MAX_INT_DIGITS);
                yield value == null ? null : (Object) value.intValue();
            }
            case OPTIONAL_LONG -> {
                var value = number(MAX_LONG_DIGITS);
                yield value == null ? null : OptionalLong.of(value);
            }
            case BOOLEAN -> bool();
            case TREE -> tree();
        };
    }

    private @Nullable JsonNode tree() {
        if (at < to && json[at] == '"') {
            var text = string();
            return text == null ? null : TextNode.valueOf(text);
        }
        var number = number(MAX_LONG_DIGITS);
        if (number == null) {
            return null;
        }
        return number == number.intValue() ? IntNode.valueOf(number.intValue()) : LongNode.valueOf(number);
    }

    private @Nullable String string() {
        int from = at + 1;
        int end = closingQuote();
        return end < 0 ? null : new String(json, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** Steps over a string of ordinary letters and says where it ends; or gives up. */
    private int closingQuote() {
        if (at >= to || json[at] != '"') {
            return -1;
        }
        for (int i = at + 1; i < to; i++) {
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return i;
            }
            if (b < ' ' || b == '\\') { // a control character, the first byte of a letter beyond ASCII, or an escape
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Long number(int maxDigits) {
        boolean isNegative = at < to && json[at] == '-';
        int from = isNegative ? at + 1 : at;
        int i = from;
        long value = 0;
        while (i < to && json[i] >= '0' && json[i] <= '9') {
            value = value * 10 + (json[i++] - '0');
        }
        int digits = i - from;
        boolean isWhole = i < to && (json[i] == ',' || json[i] == '}');
        if (digits == 0 || digits > maxDigits || !isWhole || (digits > 1 && json[from] == '0')) {
            return null;
        }
        at = i;
        return isNegative ? -value : value;
    }

    private @Nullable Boolean bool() {
        if (skipWord(TRUE)) {
            return true;
        }
        return skipWord(FALSE) ? false : null;
    }

    private boolean skipWord(byte[] word) {
        int end = at + word.length;
        if (end >= to || !matches(word, at) || (json[end] != ',' && json[end] != '}')) {
            return false;
        }
        at = end;
        return true;
    }

    private boolean skipPlainValue() {
        return (at < to && json[at] == '"') ? closingQuote() >= 0 : number(MAX_LONG_DIGITS) != null;
    }

    private boolean skip(char wanted) {
        if (at < to && json[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
