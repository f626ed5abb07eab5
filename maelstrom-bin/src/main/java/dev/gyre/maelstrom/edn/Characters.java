package dev.gyre.maelstrom.edn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** The characters of a text, one after another, with the place of each. */
final class Characters {
    /** After the last one. */
    static final int END = -1;

    /** Nothing was looked at yet. */
    private static final int UNREAD = -2;

    private final BufferedReader in;
    private int first = UNREAD;
    private int second = UNREAD;
    private int line = 1;
    private int column = 1;

    Characters(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** The next character, or {@link #END}; it stays the next. */
    int peek() throws IOException {
        if (first == UNREAD) {
            first = in.read();
        }
        return first;
    }

    /** The character after the next, or {@link #END}. */
    int peekSecond() throws IOException {
        if (peek() != END && second == UNREAD) {
            second = in.read();
        }
        return first == END ? END : second;
    }

    /** Takes the next character. */
    int take() throws IOException {
        int c = peek();
        if (c != END) {
            first = second;
            second = UNREAD;
            column++;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
        return c;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
