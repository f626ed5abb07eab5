package dev.gyre.raft.storage;

import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;

/**
 * The folder of a node, to be read while the node may run: no lock is taken, nothing is created or changed. A file is opened when it is
 * first listed, and stays open until this is closed; so one that the node deletes meanwhile can be read still.
 */
public final class FolderFiles implements ReadOnly, AutoCloseable {
    private final Path folder;
    private final TreeMap<String, FileChannel> channels = new TreeMap<>();

    /**
     * Opens a folder.
     *
     * @throws StorageException when there is none, or it cannot be read
     */
    public FolderFiles(Path folder) {
        this.folder = folder;
        list();
    }

    @Override
    public List<String> list() {
        try (var files = Files.list(folder)) {
            var names = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(NAME_PATTERN))
                    .sorted()
                    .toList();
            return names.stream().filter(this::isOpen).toList();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** Opens a file, unless the node has just deleted it. */
    private boolean isOpen(String name) {
        var file = folder.resolve(name);
        try {
            if (!channels.containsKey(name)) {
                channels.put(name, FileChannel.open(file, StandardOpenOption.READ));
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static StorageException failure(Path file, IOException e) {
        return new StorageException(StorageException.Kind.FAILED, file + " cannot be read: " + e, e);
    }

    @Override
    public StorageFile open(String name) {
        var channel = channels.get(name);
        if (channel == null) {
            throw new StorageException(StorageException.Kind.FAILED, folder + " has no file " + name);
        }
        return new ListedFile(folder.resolve(name), channel);
    }

    @Override
    public void close() {
        for (var name : List.copyOf(channels.keySet())) {
            try (var channel = channels.remove(name)) {
                assert channel != null;
            } catch (IOException e) {
                throw failure(folder.resolve(name), e);
            }
        }
    }

    private record ListedFile(Path file, FileChannel channel) implements ReadOnly.File {
        @Override
        public String name() {
            return file.getFileName().toString();
        }

        @Override
        public long size() {
            try {
                return channel.size();
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        @Override
        public int read(long position, ByteBuffer into) {
            int from = into.position();
            try {
                int count = channel.read(into, position);
                while (count > 0 && into.hasRemaining()) {
                    count = channel.read(into, position + into.position() - from);
                }
                return into.position() - from;
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        @Override
        public void close() {
            // its channel stays open until the folder is closed
        }
    }
}
