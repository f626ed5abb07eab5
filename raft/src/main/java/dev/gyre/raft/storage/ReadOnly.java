package dev.gyre.raft.storage;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;

/** Files that are read and not changed: what tries to change them is a defect, and throws. */
interface ReadOnly extends Storage {
    @Override
    default void rename(String from, String to) {
        throw refusal(from);
    }

    @Override
    default void delete(String name) {
        throw refusal(name);
    }

    @Override
    default Promise<Synced> sync() {
        throw refusal("the folder");
    }

    private static UnsupportedOperationException refusal(String name) {
        return new UnsupportedOperationException(name + " is read, and not changed");
    }

    /** One of them. */
    interface File extends StorageFile {
        @Override
        default void write(long position, ByteBuffer bytes) {
            throw refusal(name());
        }

        @Override
        default void truncate(long size) {
            throw refusal(name());
        }

        @Override
        default Promise<Synced> sync() {
            throw refusal(name());
        }
    }
}
