package dev.gyre.core.simulation;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.List;

/** A {@link SimulatedDisk} as one life of its node uses it. */
record SimulatedStorage(SimulatedDisk disk, SimulatedDisk.Life life) implements Storage {
    @Override
    public List<String> list() {
        return disk.list();
    }

    @Override
    public StorageFile open(String name) {
        return new OpenFile(name, disk.open(name));
    }

    @Override
    public void rename(String from, String to) {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) {
        disk.delete(name);
    }

    @Override
    public Promise<Synced> sync() {
        return disk.syncNames(life);
    }

    private final class OpenFile implements StorageFile {
        private final String name;
        private final SimulatedFile file;
        private boolean isClosed;

        OpenFile(String name, SimulatedFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return open().size();
        }

        @Override
        public void write(long position, ByteBuffer bytes) {
            if (position < 0 || position > open().size()) {
                throw outOfRange("a write at " + position);
            }
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            disk.write(name, file, position, copy);
        }

        @Override
        public int read(long position, ByteBuffer into) {
            if (position < 0) {
                throw outOfRange("a read at " + position);
            }
            var copy = new byte[into.remaining()];
            int count = open().read(position, copy);
            into.put(copy, 0, count);
            return count;
        }

        @Override
        public void truncate(long size) {
            if (size < 0 || size > open().size()) {
                throw outOfRange("a cut to " + size);
            }
            file.truncate(size);
        }

        @Override
        public Promise<Synced> sync() {
            return disk.sync(name, open(), life);
        }

        @Override
        public void close() {
            isClosed = true;
        }

        private SimulatedFile open() {
            if (isClosed) {
                throw new IllegalStateException("file " + name + " is closed");
            }
            return file;
        }

        private IllegalArgumentException outOfRange(String what) {
            return new IllegalArgumentException(what + " of file " + name + ", which has " + file.size() + " bytes");
        }
    }
}
