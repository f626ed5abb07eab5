package dev.gyre.maelstrom.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a journal entry by entry, with one line in memory at a time. For one thread. */
public final class JournalReader implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private long lineNumber;
    private boolean truncated;

    private JournalReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Opens a journal at its first entry. */
    public static JournalReader open(Path file) throws IOException {
        return new JournalReader(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /**
     * The next entry, or nothing at the end. A last line without its line feed is what a killed run leaves: it is left out,
     * and {@link #truncated} says so.
     *
     * @throws IOException if the file cannot be read, or a line is not a journal entry; the message names file and line
     */
    public Optional<JournalEntry> next() throws IOException {
        var line = new ByteArrayOutputStream(256);
        lineNumber++;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                truncated = line.size() > 0;
                return Optional.empty();
            }
            if (line.size() == JournalFormat.LINE_MAX_BYTES) {
                throw new IOException(
                        where() + " is longer than " + JournalFormat.LINE_MAX_BYTES + " bytes; is this a journal?");
            }
            line.write(next);
        }
        try {
            return Optional.of(JournalFormat.decode(line.toByteArray()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(where() + " is not a journal entry: " + e.getMessage(), e);
        }
    }

    /** Whether the journal was seen to end within a line. */
    public boolean truncated() {
        return truncated;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String where() {
        return file + ", line " + lineNumber;
    }
}
