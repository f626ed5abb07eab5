package dev.gyre.core.host;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file of a {@link DirectoryStorage}. Its size is kept here, for asking the system costs a call. */
final class DirectoryFile implements StorageFile {
    private final DirectoryStorage storage;
    private final Path path;
    private final FileChannel channel;
    private long size;

    DirectoryFile(DirectoryStorage storage, Path path, FileChannel channel) throws IOException {
        this.storage = storage;
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void write(long position, ByteBuffer bytes) {
        checkRange(position);
        long at = position;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
                size = Math.max(size, at);
            }
        } catch (IOException e) {
            throw DirectoryStorage.failure(path, "cannot be written at offset " + at, e);
        }
    }

    @Override
    public int read(long position, ByteBuffer into) {
        if (position < 0) {
            throw new IllegalArgumentException("a position is at least 0, not " + position);
        }
        int total = 0;
        try {
            for (int count = 0; count >= 0 && into.hasRemaining(); total += Math.max(0, count)) {
                count = channel.read(into, position + total);
            }
        } catch (IOException e) {
            throw DirectoryStorage.failure(path, "cannot be read at offset " + (position + total), e);
        }
        return total;
    }

    @Override
    public void truncate(long newSize) {
        checkRange(newSize);
        try {
            channel.truncate(newSize);
            size = newSize;
        } catch (IOException e) {
            throw DirectoryStorage.failure(path, "cannot be cut to " + newSize + " bytes", e);
        }
    }

    private void checkRange(long position) {
        if (position < 0 || position > size) {
            throw new IllegalArgumentException(position + " is beyond " + path + ", which has " + size + " bytes");
        }
    }

    @Override
    public Promise<Storage.Synced> sync() {
        return storage.sync(path, () -> channel.force(false));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DirectoryStorage.failure(path, "cannot be closed", e);
        }
    }
}
