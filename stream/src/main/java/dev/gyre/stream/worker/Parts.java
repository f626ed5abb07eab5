package dev.gyre.stream.worker;

import dev.gyre.stream.snapshot.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of snapshots that a worker has written, as objects in a store that all workers share. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final SnapshotStore store;
    private final int me;

    Parts(SnapshotStore store, int me) {
        this.store = store;
        this.me = me;
    }

    /** The object of a part: no other life of this worker, and no other worker, has the same. */
    String object(long snapshot, long generation, long incarnation) {
        return "snapshot-" + snapshot + "-of-" + me + "-in-" + generation + "-" + incarnation;
    }

    /** Deletes an object if it is this worker's. */
    void delete(String object) {
        if (object.contains("-of-" + me + "-")) {
            store.delete(object).whenDone(outcome -> log.debug("deletion of {}: {}", object, outcome));
        }
    }
}
