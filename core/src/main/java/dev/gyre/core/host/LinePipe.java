package dev.gyre.core.host;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A pipe in memory for lines: never full, so that two nodes that write to each other cannot wait for each other. (The pipe
 * of the JDK is bounded, and fails when the thread that wrote to it has ended.)
 */
final class LinePipe {
    private static final byte[] END = {};

    private final LinkedBlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();

    void write(String line) {
        lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void end() {
        lines.add(END);
    }

    /** The end that is read from. */
    InputStream in() {
        return new InputStream() {
            private byte[] line = {};
            private int at;
            private boolean isEnded;

            @Override
            public int read() {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                if (at == line.length && !isEnded) {
                    next();
                }
                if (isEnded) {
                    return -1;
                }
                int count = Math.min(length, line.length - at);
                System.arraycopy(line, at, target, from, count);
                at += count;
                return count;
            }

            private void next() {
                try {
                    line = lines.take();
                    at = 0;
                    isEnded = line.length == 0;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    isEnded = true;
                }
            }
        };
    }
}
