package dev.gyre.maelstrom.edn;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads values one after another. Whatever the text is, this ends, with a value or an {@link EdnException}: nesting, the size
 * of a token and the size of a value are bounded.
 */
public final class EdnReader {
    /** How deep values may be nested: far deeper than data is, and far less than the stack of a thread allows. */
    public static final int DEPTH_MAX = 200;

    /** How long a string or another token may be, in characters: so that a lost quotation mark does not fill the memory. */
    public static final int TOKEN_MAX = 1 << 20;

    /** How many values one value may consist of: a read of a list may show all that there ever was. */
    public static final int PARTS_MAX = 1 << 20;

    private static final String DELIMITERS = "()[]{}\";\\";

    private final Characters in;
    private int line = 1;
    private int column = 1;
    private int depth;
    private int parts;
    private int closing = Characters.END;

    /** Reads from a text. */
    public EdnReader(Reader in) {
        this.in = new Characters(in);
    }

    /** The line on which the value that was read last begins, from 1. */
    public int line() {
        return line;
    }

    /** The column at which the value that was read last begins, from 1. */
    public int column() {
        return column;
    }

    /**
     * Steps into a vector or a list when one comes next, so that {@link #next} reads its elements one by one.
     *
     * @return whether it did
     */
    public boolean enter() throws IOException, EdnException {
        skip();
        int c = in.peek();
        if (c != '[' && c != '(') {
            return false;
        }
        in.take();
        closing = c == '[' ? ']' : ')';
        return true;
    }

    /**
     * The next value.
     *
     * @return nothing at the end of the text, or of what was {@linkplain #enter entered}; then nothing may follow that
     */
    public Optional<EdnValue> next() throws IOException, EdnException {
        parts = 0;
        skip();
        line = in.line();
        column = in.column();
        int c = in.peek();
        if (closing == Characters.END) {
            return c == Characters.END ? Optional.empty() : Optional.of(value());
        }
        if (c != closing) {
            return Optional.of(value());
        }
        in.take();
        closing = Characters.END;
        skip();
        if (in.peek() != Characters.END) {
            throw wrong("something follows after the last element");
        }
        return Optional.empty();
    }

    private EdnException wrong(String problem) {
        return new EdnException(problem, in.line(), in.column());
    }

    /** Skips what means nothing: blanks, commas, comments, and values that are discarded. */
    private void skip() throws IOException, EdnException {
        while (true) {
            int c = in.peek();
            if (c == ';') {
                while (in.peek() != '\n' && in.peek() != Characters.END) {
                    in.take();
                }
            } else if (c == '#' && in.peekSecond() == '_') {
                in.take();
                in.take();
                value();
            } else if (c != Characters.END && isBlank(c)) {
                in.take();
            } else {
                return;
            }
        }
    }

    private static boolean isBlank(int c) {
        return c == ',' || Character.isWhitespace(c);
    }

    /** The next value; there must be one. */
    private EdnValue value() throws IOException, EdnException {
        if (++depth > DEPTH_MAX) {
            throw wrong("values are nested deeper than " + DEPTH_MAX);
        }
        skip();
        if (++parts > PARTS_MAX) {
            throw wrong("a value has more than " + PARTS_MAX + " parts");
        }
        var value = switch (in.peek()) {
            case Characters.END -> throw wrong("the text ends where a value is expected");
            case '(' -> new EdnValue.Listing(elements(')'));
            case '[' -> new EdnValue.Vector(elements(']'));
            case '{' -> map();
            case '"' -> new EdnValue.Text(string());
            case '#' -> dispatch();
            case ')', ']', '}' -> throw wrong("unexpected " + (char) in.peek());
            case '\\' -> character();
            default -> atom();
        };
        depth--;
        return value;
    }

    private List<EdnValue> elements(char close) throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        char open = (char) in.take();
        var elements = new ArrayList<EdnValue>();
        for (skip(); in.peek() != close; skip()) {
            if (in.peek() == Characters.END) {
                throw new EdnException(open + " is never closed", fromLine, fromColumn);
            }
            elements.add(value());
        }
        in.take();
        return elements;
    }

    private EdnValue map() throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        var elements = elements('}');
        if (elements.size() % 2 != 0) {
            throw new EdnException("a map has a key without a value", fromLine, fromColumn);
        }
        var entries = new LinkedHashMap<EdnValue, EdnValue>();
        for (int i = 0; i < elements.size(); i += 2) {
            if (entries.put(elements.get(i), elements.get(i + 1)) != null) {
                throw new EdnException("a map has a key twice", fromLine, fromColumn);
            }
        }
        return new EdnValue.MapOf(entries);
    }

    /** What begins with a hash, and is not discarded. */
    private EdnValue dispatch() throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        in.take();
        if (in.peek() == '{') {
            var elements = elements('}');
            var set = new LinkedHashSet<>(elements);
            if (set.size() < elements.size()) {
                throw new EdnException("a set has an element twice", fromLine, fromColumn);
            }
            return new EdnValue.SetOf(set);
        }
        if (in.peek() == '#') {
            return EdnAtoms.symbolic("#" + token())
                    .orElseThrow(() -> new EdnException("expected ##Inf, ##-Inf or ##NaN", fromLine, fromColumn));
        }
        String tag = token();
        if (!EdnAtoms.isTag(tag)) {
            throw new EdnException("expected a tag, a set or #_ after #", fromLine, fromColumn);
        }
        return new EdnValue.Tagged(tag, value());
    }

    private EdnValue atom() throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        String token = token();
        return EdnAtoms.of(token)
                .orElseThrow(() -> new EdnException(
                        "\"" + EdnText.abridged(token) + "\" is no number, keyword or symbol", fromLine, fromColumn));
    }

    /** All up to a blank or a bracket. */
    private String token() throws IOException, EdnException {
        var token = new StringBuilder();
        while (in.peek() != Characters.END && !isBlank(in.peek()) && DELIMITERS.indexOf(in.peek()) < 0) {
            append(token, (char) in.take());
        }
        return token.toString();
    }

    private void append(StringBuilder token, char c) throws EdnException {
        if (token.length() == TOKEN_MAX) {
            throw wrong("a string or a word is longer than " + TOKEN_MAX + " characters");
        }
        token.append(c);
    }

    private EdnValue character() throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        in.take();
        if (in.peek() == Characters.END || Character.isWhitespace(in.peek())) {
            throw new EdnException("a backslash without a character", fromLine, fromColumn);
        }
        // The first one may be a bracket.
        String name = (char) in.take() + token();
        return EdnText.named(name)
                .map(EdnValue.Char::new)
                .orElseThrow(() ->
                        new EdnException("\"\\" + EdnText.abridged(name) + "\" is no character", fromLine, fromColumn));
    }

    private String string() throws IOException, EdnException {
        int fromLine = in.line();
        int fromColumn = in.column();
        in.take();
        var text = new StringBuilder();
        while (true) {
            int c = in.take();
            if (c == '"') {
                return text.toString();
            }
            if (c == Characters.END) {
                throw new EdnException("a string is never closed", fromLine, fromColumn);
            }
            append(text, c == '\\' ? escape() : (char) c);
        }
    }

    private char escape() throws IOException, EdnException {
        int c = in.take();
        if (c == 'u') {
            var name = new StringBuilder("u");
            for (int i = 0; i < 4 && Character.digit(in.peek(), 16) >= 0; i++) {
                name.append((char) in.take());
            }
            if (name.length() == 5) {
                return EdnText.named(name.toString()).orElseThrow(() -> wrong("a string has a bad \\u"));
            }
        }
        return EdnText.escaped((char) c)
                .orElseThrow(() -> wrong("a string has a backslash before something else than \\ \" n r t f b or four"
                        + " hexadecimal digits after u"));
    }
}
