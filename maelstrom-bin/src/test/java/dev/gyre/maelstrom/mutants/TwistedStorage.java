package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.List;

/** A node's disk, passed on as it is. What is wrong with it is overridden. */
public abstract class TwistedStorage implements Storage {
    private final Storage storage;

    /** Passes all of this one on. */
    protected TwistedStorage(Storage storage) {
        this.storage = storage;
    }

    /** What a file is instead. */
    protected abstract StorageFile twist(StorageFile file);

    @Override
    public List<String> list() {
        return storage.list();
    }

    @Override
    public StorageFile open(String name) {
        return twist(storage.open(name));
    }

    @Override
    public void rename(String from, String to) {
        storage.rename(from, to);
    }

    @Override
    public void delete(String name) {
        storage.delete(name);
    }

    @Override
    public String describe(String name) {
        return storage.describe(name);
    }

    @Override
    public Promise<Synced> sync() {
        return storage.sync();
    }

    /** A file, passed on as it is. */
    public static class TwistedFile implements StorageFile {
        private final StorageFile file;

        /** Passes all of this one on. */
        public TwistedFile(StorageFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void write(long position, ByteBuffer bytes) {
            file.write(position, bytes);
        }

        @Override
        public int read(long position, ByteBuffer into) {
            return file.read(position, into);
        }

        @Override
        public void truncate(long size) {
            file.truncate(size);
        }

        @Override
        public Promise<Synced> sync() {
            return file.sync();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
