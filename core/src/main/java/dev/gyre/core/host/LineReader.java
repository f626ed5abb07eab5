package dev.gyre.core.host;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines without copying them: each is shown where it lies in the buffer. A line over the limit is never
 * held: it is skipped as it passes, and reported. For one thread.
 */
final class LineReader {
    /** Takes the lines. */
    interface Sink {
        /** A line without its break; the bytes are valid during the call alone. */
        void line(byte[] bytes, int from, int to, long number);

        /** A line that was longer than the limit and was skipped. */
        void tooLong(long number, long bytes);
    }

    private static final int INITIAL_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxLineBytes;
    private byte[] buffer;
    private int from;
    private int scanned;
    private int to;
    private long number;
    private long skipped;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
        this.buffer = new byte[Math.min(INITIAL_BYTES, maxLineBytes + 1)];
    }

    /** Reads once and hands over all lines that are complete; a last one without a break too, at the end. Says whether more may come. */
    boolean read(Sink sink) throws IOException {
        makeRoom();
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            if (to > from || skipped > 0) {
                finishLine(to, sink);
            }
            return false;
        }
        to += read;
        while (scanned < to) {
            if (buffer[scanned++] == '\n') {
                finishLine(scanned - 1, sink);
                from = scanned;
            }
        }
        return true;
    }

    private void finishLine(int end, Sink sink) {
        number++;
        if (skipped > 0) {
            sink.tooLong(number, skipped + end - from);
            skipped = 0;
        } else if (end > from) {
            sink.line(buffer, from, end, number);
        }
    }

    /** Makes sure that there is room to read into: by moving what is left to the front, growing, or giving up the line. */
    private void makeRoom() {
        if (from == to) {
            from = 0;
            to = 0;
            scanned = 0;
        }
        if (to < buffer.length) {
            return;
        }
        if (from > 0) {
            move(buffer);
        } else if (skipped > 0 || to > maxLineBytes) {
            skipped += to;
            to = 0;
            scanned = 0;
        } else {
            move(new byte[(int) Math.min(2L * buffer.length, maxLineBytes + 1L)]);
        }
    }

    private void move(byte[] target) {
        System.arraycopy(buffer, from, target, 0, to - from);
        buffer = target;
        to -= from;
        scanned -= from;
        from = 0;
    }
}
