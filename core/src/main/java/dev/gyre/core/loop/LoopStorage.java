package dev.gyre.core.loop;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The host's storage as a part of a node sees it: what a callback of a sync throws is answered to the request that was at hand
 * when the sync was asked for, as with calls.
 */
record LoopStorage(NodeLoop node, Storage host) implements Storage {
    @Override
    public List<String> list() {
        return host.list();
    }

    @Override
    public StorageFile open(String name) {
        return new LoopFile(node, host.open(name));
    }

    @Override
    public void rename(String from, String to) {
        host.rename(from, to);
    }

    @Override
    public void delete(String name) {
        host.delete(name);
    }

    @Override
    public String describe(String name) {
        return host.describe(name);
    }

    @Override
    public Promise<Synced> sync() {
        return node.guarded(host.sync());
    }

    private record LoopFile(NodeLoop node, StorageFile file) implements StorageFile {
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
            return node.guarded(file.sync());
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
