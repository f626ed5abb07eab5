package dev.gyre.bench.raft.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A folder for logs and stores that is deleted afterwards, and what kind of disk it is on. */
final class Scratch implements AutoCloseable {
    private static final Set<String> NO_DISKS = Set.of("tmpfs", "ramfs", "devtmpfs");

    private final Path dir;
    private int next;

    Scratch(Path parent) throws IOException {
        dir = Files.createTempDirectory(Files.createDirectories(parent), "gyre-raft-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // Ctrl-C leaves no gigabytes behind
    }

    Path dir() {
        return dir;
    }

    /** A new name in the folder. */
    Path next() {
        return dir.resolve(Integer.toString(next++));
    }

    String fileSystem() throws IOException {
        var store = Files.getFileStore(dir);
        return store.type() + " (" + store.name() + ")";
    }

    boolean isDisk() throws IOException {
        return !NO_DISKS.contains(Files.getFileStore(dir).type());
    }

    static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete(dir);
    }
}
