package dev.gyre.core.host;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageException.Kind;
import dev.gyre.core.StorageFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of a node in a real folder, which belongs to one process at a time: a lock sees to it. Files are readable by their
 * owner alone. Once a sync has failed, all later ones do: an operating system that could not write a page forgets that it had
 * to, so a later success would mean nothing.
 *
 * <p>For the node's thread, except for the syncs themselves, which run where the host wants them.
 */
public final class DirectoryStorage implements Storage, AutoCloseable {
    /** Begins with a dot, so it is no file of the node. */
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Consumer<Runnable> syncs;
    private final Consumer<Runnable> loop;
    private final FileChannel lock;
    private volatile boolean hasFailed;

    /**
     * Opens a folder, which is created when it does not exist.
     *
     * @param syncs runs a sync: on a thread that may wait for the disk, or at once
     * @param loop runs what a sync that is done sets off: on the node's thread
     * @throws StorageException when the folder cannot be used, or another process has it
     */
    public DirectoryStorage(Path folder, Consumer<Runnable> syncs, Consumer<Runnable> loop) {
        this.folder = folder;
        this.syncs = syncs;
        this.loop = loop;
        this.lock = lock(folder);
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
            var channel = openChannel(folder.resolve(LOCK));
            if (!tryLock(channel)) {
                channel.close();
                throw new StorageException(
                        Kind.FAILED, folder + " is in use by another node: end it, or name another folder");
            }
            return channel;
        } catch (IOException e) {
            throw new StorageException(Kind.FAILED, folder + " cannot be used as a node's folder: " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it, for another node
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly(file, "rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public List<String> list() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(NAME_PATTERN))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure(folder, "cannot be listed", e);
        }
    }

    @Override
    public StorageFile open(String name) {
        var file = folder.resolve(Storage.checkName(name));
        try {
            return new DirectoryFile(this, file, openChannel(file));
        } catch (IOException e) {
            throw failure(file, "cannot be opened", e);
        }
    }

    @Override
    public void rename(String from, String to) {
        var source = folder.resolve(Storage.checkName(from));
        try {
            Files.move(
                    source,
                    folder.resolve(Storage.checkName(to)),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw missing(from, e);
        } catch (IOException e) {
            throw failure(source, "cannot be renamed to " + to, e);
        }
    }

    @Override
    public void delete(String name) {
        var file = folder.resolve(Storage.checkName(name));
        try {
            Files.delete(file);
        } catch (NoSuchFileException e) {
            throw missing(name, e);
        } catch (IOException e) {
            throw failure(file, "cannot be deleted", e);
        }
    }

    private IllegalArgumentException missing(String name, IOException cause) {
        return new IllegalArgumentException(folder + " has no file \"" + name + "\"", cause);
    }

    @Override
    public String describe(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public Promise<Synced> sync() {
        return sync(folder, () -> {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    /** A sync of some kind. */
    @FunctionalInterface
    interface Force {
        void run() throws IOException;
    }

    Promise<Synced> sync(Path what, Force force) {
        var promise = new Promise<Synced>();
        syncs.accept(() -> {
            var outcome = outcome(what, force);
            loop.accept(() -> promise.complete(outcome));
        });
        return promise;
    }

    private Outcome<Synced> outcome(Path what, Force force) {
        if (hasFailed) {
            return unknown(what + " was not synced: an earlier sync failed, and nothing later can be trusted");
        }
        try {
            force.run();
            return new Outcome.Ok<>(new Synced());
        } catch (IOException e) {
            hasFailed = true;
            return unknown(what + " could not be synced, what was written since the last sync may be lost: " + e);
        }
    }

    private static Outcome<Synced> unknown(String text) {
        return new Outcome.Unknown<>(new RpcError(ErrorCode.CRASH, text));
    }

    /** What an I/O error means. */
    static StorageException failure(Path file, String what, IOException e) {
        // The JDK has no type for a full disk; this is the text of ENOSPC and EDQUOT.
        String text = String.valueOf(e.getMessage());
        boolean isFull = text.contains("No space left") || text.contains("quota exceeded");
        return isFull
                ? new StorageException(
                        Kind.FULL, file + " " + what + ": " + text + ". Make room, and start the node again", e)
                : new StorageException(Kind.FAILED, file + " " + what + ": " + e, e);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw failure(folder, "cannot be given back", e);
        }
    }
}
