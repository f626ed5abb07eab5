package dev.gyre.maelstrom.process;

import dev.gyre.maelstrom.engine.NodeEvent.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines of UTF-8, counts them, and gives up on one that is too long. For one thread. */
final class LineReader {
    /** Longest line in bytes: beyond any sensible message, and small enough to hold one a node in memory. */
    static final int LINE_MAX_BYTES = 16 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int begin;
    private int end;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** A line is longer than the limit; what was read of it. */
    static final class LineTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Line line;

        LineTooLong(Line line) {
            super("line " + line.number() + " is longer than " + LINE_MAX_BYTES + " bytes");
            this.line = line;
        }

        Line line() {
            return line;
        }
    }

    /** The next line; nothing at the end. A last line without its line feed counts. */
    Optional<Line> next() throws IOException {
        int scanned = begin;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    return Optional.of(take(scanned, scanned + 1));
                }
            }
            if (end - begin >= LINE_MAX_BYTES) {
                throw new LineTooLong(take(begin + 1_000, end));
            }
            scanned -= makeRoom();
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return begin == end ? Optional.empty() : Optional.of(take(end, end));
            }
            end += count;
        }
    }

    private Line take(int lineEnd, int next) {
        var line = new Line(++number, new String(buffer, begin, lineEnd - begin, StandardCharsets.UTF_8));
        begin = next;
        return line;
    }

    /** Moves what is left to the front, and grows the buffer when that is not enough. Returns by how much it moved. */
    private int makeRoom() {
        int moved = begin;
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        return moved;
    }
}
