package dev.gyre.stream.worker;

import dev.gyre.core.Outcome;
import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.snapshot.SnapshotStore;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of snapshots that a worker has written, as objects in a store that all workers share. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private static final Pattern NAME = Pattern.compile("snapshot-([0-9]{1,18})-of-.*");

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

    /**
     * Deletes what was left behind of snapshots before one that is committed: no other refers to it, and none will, for what was given up is never
     * taken up again, and a snapshot refers to nothing older that the one before it does not need. The first worker does it for all, if nobody else puts objects into the store.
     */
    void clear(ControlState state, long committed) {
        if (!store.isOfOneJob() || state.workers().isEmpty() || state.workers().getFirst() != me) {
            return;
        }
        var kept = new TreeSet<String>();
        state.committed().forEach(snapshot -> kept.addAll(snapshot.objects()));
        store.list().whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<List<String>>(var names)) {
                for (var name : names) {
                    var part = NAME.matcher(name);
                    if (part.matches() && Long.parseLong(part.group(1)) < committed && !kept.contains(name)) {
                        log.info("{} was left behind, and is deleted", name);
                        store.delete(name).whenDone(deleted -> log.debug("deletion of {}: {}", name, deleted));
                    }
                }
            }
        });
    }

    /** Deletes an object if it is this worker's. */
    void delete(String object) {
        if (object.contains("-of-" + me + "-")) {
            store.delete(object).whenDone(outcome -> log.debug("deletion of {}: {}", object, outcome));
        }
    }
}
