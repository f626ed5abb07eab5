package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.List;

/** The files whose names begin with a prefix, without it, to be read and not changed: what tries to is a defect, and throws. */
final class GroupFiles implements ReadOnly {
    private final Storage storage;
    private final String prefix;

    GroupFiles(Storage storage, String prefix) {
        this.storage = storage;
        this.prefix = prefix;
    }

    @Override
    public List<String> list() {
        return storage.list().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public StorageFile open(String name) {
        if (!storage.list().contains(prefix + name)) {
            throw new StorageException(
                    StorageException.Kind.FAILED, "file " + prefix + name + " went away while it was to be read");
        }
        return new GroupFile(storage.open(prefix + name));
    }

    @Override
    public String describe(String name) {
        return storage.describe(prefix + name);
    }

    private record GroupFile(StorageFile file) implements ReadOnly.File {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public int read(long position, ByteBuffer into) {
            return file.read(position, into);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
