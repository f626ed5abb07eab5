package dev.gyre.stream.io;

import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Text files as a source of lines, and as sinks.
 *
 * <p><b>Source.</b> A partition is a file, its position the offset behind the last line that was read. Lines end with "\n" or "\r\n", which are not a part of them;
 * the last one may lack it. They are UTF-8: bytes that are not are an error that names the file and the offset. Files may grow at their ends; one that
 * becomes shorter is an error. In a folder, names that begin with a dot are passed over, and so are folders. Whoever asks for {@link #partitions} again is told of files
 * that came later.
 *
 * <p><b>Sinks.</b> A record is a line, as {@link String#valueOf} has it; one with a line break is several.
 *
 * <p>Immutable. The folder or file must be the same at all workers.
 */
public final class TextFiles implements Source<String> {
    /** Bytes of a line at most: a line is one object in memory, and a file without line breaks is a mistake. */
    public static final int MAX_LINE_BYTES = 16 << 20;

    private final Path path;
    private final boolean isFolder;
    private final Optional<Duration> following;

    private TextFiles(Path path, boolean isFolder, Optional<Duration> following) {
        this.path = path;
        this.isFolder = isFolder;
        this.following = following;
    }

    /** All files of a folder. */
    public static TextFiles in(Path folder) {
        return new TextFiles(folder, true, Optional.empty());
    }

    /** One file. */
    public static TextFiles file(Path file) {
        return new TextFiles(file, false, Optional.empty());
    }

    /**
     * The same files, of which more is expected: the source never ends, and a last line is read when its line break is there.
     *
     * @param every how long to wait before a file is looked at again
     */
    public TextFiles following(Duration every) {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("files are looked at again after a time above zero, not " + every);
        }
        return new TextFiles(path, isFolder, Optional.of(every));
    }

    @Override
    public List<String> partitions() {
        if (!isFolder) {
            return List.of(name(path));
        }
        return Disk.on(path, "read", () -> {
            if (!Files.isDirectory(path)) {
                throw Files.exists(path) ? new NotDirectoryException(path.toString()) : missing();
            }
            try (var files = Files.list(path)) {
                return files.filter(file -> !name(file).startsWith(".") && !Files.isDirectory(file))
                        .map(TextFiles::name)
                        .sorted()
                        .toList();
            }
        });
    }

    private IOException missing() {
        return new NoSuchFileException(path.toString());
    }

    private static String name(Path file) {
        var name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /** {@inheritDoc} @throws StorageException when the file is not there, cannot be read, or is shorter than it was */
    @Override
    public Partition<String> open(String name, Optional<Object> position) {
        var file = isFolder ? path.resolve(name) : path;
        long from = switch (position.orElse(0L)) {
            case Long offset when offset >= 0 -> offset;
            case Object other ->
                throw new IllegalArgumentException(other + " is no offset in " + file
                        + ": it is the position of another source; rename this one, or begin anew");
        };
        return new LineReader(file, from, following);
    }

    /**
     * A sink that appends to a file for each worker and generation, named {@code lines-<generation>-<worker>}. After a recovery, records that came after the
     * snapshot are written again.
     *
     * @param folder exists
     */
    public static Sink<Object> writer(Path folder) {
        return context -> {
            var name = String.format(Locale.ROOT, "lines-%06d-%05d", context.generation(), context.worker());
            return new PlainWriter(new Disk(), folder.resolve(name));
        };
    }

    /**
     * A sink that writes each record exactly once: see {@link #transactional(Path, String)}. Its files begin with "part".
     *
     * @param folder exists, and is on one file system
     */
    public static Sink<Object> transactional(Path folder) {
        return transactional(folder, "part");
    }

    /**
     * A sink that writes each record exactly once. For each snapshot and worker there is a file {@code <prefix>-<snapshot>-<worker>}, which appears complete when
     * the snapshot is committed, and is never changed after that; all of them in the order of their names are the output. They may be moved away by whoever reads them.
     * Files that begin with a dot are the sink's own.
     *
     * @param folder exists, and is on one file system
     * @param prefix letters, digits and underscores; no other sink in this folder has it
     */
    public static Sink<Object> transactional(Path folder, String prefix) {
        return transactional(folder, prefix, new Disk());
    }

    static Sink<Object> transactional(Path folder, String prefix, Disk disk) {
        var names = new PartNames(prefix);
        return context -> new PartWriter(disk, folder, names, context);
    }
}
