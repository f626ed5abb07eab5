package dev.gyre.stream.io;

import dev.gyre.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** What sinks of files do to a disk, and what they say when it does not: tests put failures and crashes in its place. */
class Disk {
    /** Something that is done to a disk. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** Does something to a file or a folder; a failure names it, and says what to do. */
    static <T> T on(Path path, String what, Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw failure(path, what, e);
        }
    }

    static StorageException failure(Path path, String what, IOException e) {
        var said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean isFull = said.contains("no space left") || said.contains("quota") || said.contains("not enough space");
        var cure = switch (e) {
            case NoSuchFileException missing -> "it is not there: create it, or correct the path";
            case AccessDeniedException denied -> "permission is denied: give it to the user that the job runs as";
            case NotDirectoryException file -> "it is no folder: correct the path";
            case FileAlreadyExistsException there ->
                "it is there already, from another run: empty the folder, or use another one";
            default -> isFull ? "the disk is full: make room, and let the job recover" : e.toString();
        };
        return new StorageException(
                isFull ? StorageException.Kind.FULL : StorageException.Kind.FAILED,
                path + " cannot be " + what + ": " + cure,
                e);
    }

    /** Makes a file that was not there. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Opens a file to go on behind what it has; makes it when it is not there. */
    FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void force(FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Gives a file another name in one step, unless something else has it: a move would replace that without a word. */
    void move(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.exists(from)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes names durable. */
    void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The names in a folder, in order. */
    List<String> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
