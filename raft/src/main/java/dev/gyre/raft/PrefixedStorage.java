package dev.gyre.raft;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.util.List;

/** The files of a node whose names begin with a prefix, without it: so that several groups can share a folder. An open file still tells its whole name, for messages. */
record PrefixedStorage(Storage all, String prefix) implements Storage {
    @Override
    public List<String> list() {
        return all.list().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public StorageFile open(String name) {
        return all.open(prefix + name);
    }

    @Override
    public void rename(String from, String to) {
        all.rename(prefix + from, prefix + to);
    }

    @Override
    public void delete(String name) {
        all.delete(prefix + name);
    }

    @Override
    public String describe(String name) {
        return all.describe(prefix + name);
    }

    @Override
    public Promise<Synced> sync() {
        return all.sync();
    }
}
