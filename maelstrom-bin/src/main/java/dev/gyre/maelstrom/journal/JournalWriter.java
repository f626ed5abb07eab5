package dev.gyre.maelstrom.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a journal, entry by entry, as lines of JSON; nothing is kept in memory but a small buffer. Any thread may append:
 * lines stand in the order in which they were appended, and never mix.
 */
public final class JournalWriter implements AutoCloseable {
    private final OutputStream out;

    private JournalWriter(OutputStream out) {
        this.out = out;
    }

    /** Creates the file, readable by its owner only, or empties the one that is there. */
    public static JournalWriter create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new JournalWriter(new BufferedOutputStream(
                Channels.newOutputStream(Files.newByteChannel(file, options, ownerOnly)), 1 << 16));
    }

    /**
     * Adds an entry at the end.
     *
     * @throws IllegalArgumentException if its line would be longer than a reader accepts (64 MiB); nothing is written
     * @throws IOException if the disk does not take it
     */
    public synchronized void append(JournalEntry entry) throws IOException {
        byte[] line = JournalFormat.encode(entry);
        if (line.length > JournalFormat.LINE_MAX_BYTES) {
            throw new IllegalArgumentException("message " + entry.messageId() + " from " + entry.src() + " takes "
                    + line.length + " bytes in the journal, more than " + JournalFormat.LINE_MAX_BYTES
                    + "; limit the size of messages");
        }
        out.write(line);
        out.write('\n');
    }

    /** Writes what is buffered, so that a reader sees it. */
    public synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
