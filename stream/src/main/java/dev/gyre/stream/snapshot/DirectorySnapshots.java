package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects as files of a directory, which any number of processes of one machine may use at the same time. Files are readable by their owner alone. For any thread; each worker has a {@linkplain #store store} of its own.
 *
 * <p>An object is written under the name {@code .putting-<name>} and locked, forced to the disk, and given its name in one step; then the names
 * are forced. Who has the file of the first name has the object's name: no two put one at a time, and none overwrites another. Files of that kind
 * without a lock were left by a process that ended, and are deleted when the directory is opened.
 *
 * <p>All I/O is done by one thread, which starts with the first request and ends in {@link #close}.
 */
public final class DirectorySnapshots implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectorySnapshots.class);

    private static final String PUTTING = ".putting-";

    private final Path folder;
    private final SnapshotFiles files;
    private final SnapshotThread disk;

    /** The object that was read last, for the next read is probably of the same one. For the thread of the disk. */
    private Read last = new Read("", new BlockSums(0, new int[0]));

    private record Read(String name, BlockSums sums) {}

    /**
     * Opens a directory, which is created when it does not exist.
     *
     * @throws StorageException when it cannot be used
     */
    public DirectorySnapshots(Path folder) {
        this(folder, new SnapshotFiles());
    }

    DirectorySnapshots(Path folder, SnapshotFiles files) {
        this.folder = folder;
        this.files = files;
        this.disk = new SnapshotThread("gyre-snapshots-" + folder.getFileName());
        try {
            files.createFolder(folder);
            deleteLeftovers();
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Kind.FAILED, folder + " cannot be used as a directory of snapshots: " + e, e);
        }
    }

    private void deleteLeftovers() throws IOException {
        try (var found = Files.newDirectoryStream(folder, PUTTING + "*")) {
            for (var file : found) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                        var lock = channel.tryLock()) {
                    if (lock != null) {
                        Files.deleteIfExists(file);
                    }
                } catch (OverlappingFileLockException | NoSuchFileException e) {
                    log.debug("{} is being written: {}", file, e.toString());
                }
            }
        }
    }

    /**
     * What one worker sees.
     *
     * @param loop runs what completes a promise on the worker's thread; it is called by the thread of the disk
     */
    public SnapshotStore store(Executor loop) {
        return new Store(loop);
    }

    /** Takes no more requests and ends the thread, once what was asked for is done. What comes later fails, and says so. */
    @Override
    public void close() {
        if (!disk.closeAndWait()) {
            log.error("the disk of {} hangs: a thread is left behind", folder);
        }
    }

    private Outcome<SnapshotStore.Stored> put(String name, List<ByteBuffer> content) throws IOException {
        var file = folder.resolve(name);
        var putting = folder.resolve(PUTTING + name);
        var sums = BlockSums.of(content);
        boolean isNamed = false;
        try (var channel = files.create(putting)) {
            try (var lock = channel.tryLock()) {
                if (lock == null || Files.exists(file)) {
                    Files.deleteIfExists(putting); // without a lock it was taken for a leftover, and is gone already
                    return lock == null
                            ? Outcomes.failed(ErrorCode.ABORT, putting + " was deleted as a leftover: try another name")
                            : Outcomes.exists(file.toString());
                }
                SnapshotFile.write(channel, content, sums, files);
                files.force(channel);
                isNamed = true; // from here on, who knows
                files.move(putting, file);
            }
            files.forceFolder(folder);
            return Outcomes.ok(new SnapshotStore.Stored(name, sums.size()));
        } catch (FileAlreadyExistsException e) {
            return Outcomes.failed(
                    ErrorCode.KEY_ALREADY_EXISTS,
                    putting + " exists: the object is being put, or was when a process ended");
        } catch (IOException e) {
            if (isNamed) {
                return unknown(file + " may be stored or not: " + e);
            }
            delete(putting, e);
            return failure(file, "cannot be written", e);
        }
    }

    /** A full disk is not to be filled with what nobody will read. */
    private static void delete(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static <T> Outcome<T> failure(Path file, String what, IOException e) {
        // The JDK has no type for a full disk; this is the text of ENOSPC and EDQUOT.
        var text = String.valueOf(e.getMessage());
        boolean isFull = text.contains("No space left") || text.contains("quota exceeded");
        return isFull
                ? Outcomes.failed(
                        ErrorCode.TEMPORARILY_UNAVAILABLE,
                        file + " " + what + ": " + text
                                + ". Make room, or retire snapshots sooner; the next one is tried as usual")
                : Outcomes.failed(ErrorCode.ABORT, file + " " + what + ": " + e);
    }

    private static <T> Outcome<T> unknown(String text) {
        return new Outcome.Unknown<>(new RpcError(ErrorCode.CRASH, text));
    }

    /** A read of an object that has been opened. */
    @FunctionalInterface
    private interface Reading {
        Outcome<byte[]> of(FileChannel channel, BlockSums sums) throws IOException, SnapshotFile.DamagedException;
    }

    private Outcome<byte[]> reading(String name, Reading reading) throws IOException {
        var file = folder.resolve(name);
        try (var channel = SnapshotFile.open(file)) {
            if (!last.name.equals(name)) {
                last = new Read(name, SnapshotFile.sums(channel));
            }
            return reading.of(channel, last.sums);
        } catch (NoSuchFileException e) {
            return Outcomes.missing(file.toString());
        } catch (SnapshotFile.DamagedException e) {
            return Outcomes.damaged(file.toString(), e.offset, String.valueOf(e.getMessage()));
        }
    }

    private Outcome<byte[]> get(String name) throws IOException {
        return reading(
                name,
                (channel, sums) -> sums.size() > Integer.MAX_VALUE - 64
                        ? Outcomes.tooLarge(name, sums.size())
                        : Outcomes.ok(SnapshotFile.read(channel, sums, 0, (int) sums.size())));
    }

    private Outcome<byte[]> read(String name, long offset, int length) throws IOException {
        return reading(
                name,
                (channel, sums) -> offset > sums.size() - length
                        ? Outcomes.tooShort(name, sums.size(), offset, length)
                        : Outcomes.ok(SnapshotFile.read(channel, sums, offset, length)));
    }

    private Outcome<SnapshotStore.Deleted> delete(String name) throws IOException {
        boolean wasThere = Files.deleteIfExists(folder.resolve(name));
        last = new Read("", new BlockSums(0, new int[0]));
        try {
            files.forceFolder(folder);
        } catch (IOException e) {
            return unknown(folder.resolve(name) + " is deleted, and may be there again after a loss of power: " + e);
        }
        return Outcomes.ok(new SnapshotStore.Deleted(name, wasThere));
    }

    private Outcome<List<String>> list() throws IOException {
        try (var found = Files.list(folder)) {
            return Outcomes.ok(found.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(Storage.NAME_PATTERN))
                    .sorted()
                    .toList());
        }
    }

    private final class Store implements SnapshotStore {
        private final Executor loop;

        Store(Executor loop) {
            this.loop = loop;
        }

        /** Something to do with files. */
        @FunctionalInterface
        private interface Request<T> {
            Outcome<T> run() throws IOException;
        }

        private <T> Promise<T> later(String name, String what, Request<T> request) {
            var promise = new Promise<T>();
            boolean isTaken = disk.submit(() -> finish(promise, outcome(name, what, request)));
            if (!isTaken) {
                finish(
                        promise,
                        Outcomes.failed(
                                ErrorCode.TEMPORARILY_UNAVAILABLE,
                                disk.isClosed()
                                        ? folder + " is closed"
                                        : folder + " does not keep up: " + SnapshotThread.MAX_REQUESTS
                                                + " requests wait for the disk"));
            }
            return promise;
        }

        private <T> Outcome<T> outcome(String name, String what, Request<T> request) {
            try {
                return request.run();
            } catch (IOException e) {
                return failure(folder.resolve(name), what, e);
            } catch (RuntimeException e) {
                log.error("{} {}", folder.resolve(name), what, e);
                return unknown(folder.resolve(name) + " " + what + ": " + e);
            }
        }

        private <T> void finish(Promise<T> promise, Outcome<T> outcome) {
            try {
                loop.execute(() -> promise.complete(outcome));
            } catch (RejectedExecutionException e) {
                log.debug("a worker has ended before its request to {} was done", folder);
            }
        }

        @Override
        public Promise<Stored> put(String name, List<ByteBuffer> content) {
            Storage.checkName(name);
            return later(name, "cannot be written", () -> DirectorySnapshots.this.put(name, content));
        }

        @Override
        public Promise<byte[]> get(String name) {
            Storage.checkName(name);
            return later(name, "cannot be read", () -> DirectorySnapshots.this.get(name));
        }

        @Override
        public Promise<byte[]> read(String name, long offset, int length) {
            Storage.checkName(name);
            Outcomes.checkPart(offset, length);
            return later(name, "cannot be read", () -> DirectorySnapshots.this.read(name, offset, length));
        }

        @Override
        public Promise<Deleted> delete(String name) {
            Storage.checkName(name);
            return later(name, "cannot be deleted", () -> DirectorySnapshots.this.delete(name));
        }

        @Override
        public Promise<List<String>> list() {
            return later("", "cannot be listed", DirectorySnapshots.this::list);
        }
    }
}
