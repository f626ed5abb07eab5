package dev.gyre.maelstrom.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The folder of one run.
 *
 * @param path where it is; it exists
 */
public record StoreFolder(Path path) {
    /** The folder in it for the files of nodes, which has a folder a node. */
    public static final String DATA = "node-data";

    /** The folder in it for the logs of nodes. */
    public static final String LOGS = "node-logs";

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSZ");

    /**
     * Makes the folder of a run, and lets {@code latest} point to it.
     *
     * @param begin when the run begins, by the calendar
     */
    public static StoreFolder create(Path store, String workload, ZonedDateTime begin) throws IOException {
        var parent = Files.createDirectories(store.resolve(workload));
        String timestamp = TIMESTAMP.format(begin);
        var folder = createUnused(parent, timestamp);
        Files.createDirectory(folder.resolve(LOGS));
        link(store.resolve("latest"), Path.of(workload, folder.getFileName().toString()));
        link(parent.resolve("latest"), folder.getFileName());
        return new StoreFolder(folder);
    }

    /** Two runs may begin in the same millisecond: the second gets a number. */
    private static Path createUnused(Path parent, String name) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(parent.resolve(i == 1 ? name : name + "-" + i));
            } catch (FileAlreadyExistsException e) {
                if (i == 1_000) {
                    throw e;
                }
            }
        }
    }

    /** Replaces a link in one step, so that there always is one. */
    private static void link(Path link, Path target) throws IOException {
        var fresh = link.resolveSibling(
                "." + link.getFileName() + "-" + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        try {
            Files.createSymbolicLink(fresh, target);
        } catch (UnsupportedOperationException e) {
            // A file system without links: the folder's name is printed, that must do.
            return;
        }
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }
}
