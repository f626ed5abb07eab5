package dev.gyre.stream.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the nodes of a job with replicated snapshots have, for tests of whole jobs. */
public final class Replicas {
    private final TreeMap<String, ReplicatedSnapshots> stores = new TreeMap<>();

    /** Stores that are looked into. */
    public SnapshotStores of(ReplicatedSnapshots.Settings settings) {
        return home -> {
            var store =
                    (ReplicatedSnapshots) ReplicatedSnapshots.stores(settings).open(home);
            stores.put(home.node().nodeId(), store);
            return store;
        };
    }

    /** The objects that each replica has, those that are being put last. */
    public List<List<String>> names() {
        return stores.values().stream().map(Replicas::names).toList();
    }

    private static List<String> names(ReplicatedSnapshots store) {
        var names = new ArrayList<>(store.table().names());
        store.table().open().forEach(object -> names.add(object.name()));
        return names;
    }
}
