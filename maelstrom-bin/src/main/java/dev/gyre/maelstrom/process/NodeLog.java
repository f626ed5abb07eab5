package dev.gyre.maelstrom.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Copies a node's stderr to its log file, and on request shows it line by line. */
final class NodeLog implements Runnable {
    /** A node that logs more than this in a run is broken, and must not fill the disk. */
    static final long FILE_MAX_BYTES = 1L << 28;

    private static final int TAIL_MAX_BYTES = 1 << 14;
    private static final int TAIL_LINES = 15;

    private final String node;
    private final InputStream in;
    private final Path file;
    private final Optional<Consumer<String>> shown;

    NodeLog(String node, InputStream in, Path file, Optional<Consumer<String>> shown) {
        this.node = node;
        this.in = in;
        this.file = file;
        this.shown = shown;
    }

    @Override
    public void run() {
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            if (shown.isPresent()) {
                copyLines(out, shown.get());
            } else {
                copy(out);
            }
        } catch (IOException e) {
            System.err.println("maelstrom: the log of " + node + " ends early: " + e.getMessage());
        }
    }

    private void copy(OutputStream out) throws IOException {
        var buffer = new byte[1 << 13];
        long written = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (written <= FILE_MAX_BYTES) {
                out.write(buffer, 0, count);
                written += count;
            }
        }
    }

    private void copyLines(OutputStream out, Consumer<String> show) throws IOException {
        var lines = new LineReader(in);
        long written = 0;
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get().text();
            show.accept(node + " | " + text);
            if (written <= FILE_MAX_BYTES) {
                byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
                out.write(bytes);
                written += bytes.length;
            }
        }
    }

    /** The last lines of a log; empty when there is none. */
    static List<String> tail(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long skipped = Math.max(0, in.length() - TAIL_MAX_BYTES);
            in.seek(skipped);
            var bytes = new byte[(int) (in.length() - skipped)];
            in.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
    }
}
