package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;

/** A disk that says that it is done when it has only begun. */
final class HastyStorage extends TwistedStorage {
    HastyStorage(Storage storage) {
        super(storage);
    }

    @Override
    public Promise<Synced> sync() {
        super.sync();
        return Promise.of(new Outcome.Ok<>(new Synced()));
    }

    @Override
    protected StorageFile twist(StorageFile file) {
        return new TwistedFile(file) {
            @Override
            public Promise<Synced> sync() {
                super.sync();
                return Promise.of(new Outcome.Ok<>(new Synced()));
            }
        };
    }
}
