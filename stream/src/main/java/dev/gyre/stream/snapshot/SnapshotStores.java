package dev.gyre.stream.snapshot;

import dev.gyre.core.NodeContext;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Timing;

/** Where the workers of a job keep snapshots: asked once by each node, while it is made, so that a store may be a part of the node. */
@FunctionalInterface
public interface SnapshotStores {
    /** The store of a node. */
    SnapshotStore open(Home home);

    /** A store that was made outside of the node: it completes its promises on the node's thread. */
    static SnapshotStores of(SnapshotStore made) {
        return home -> made;
    }

    /**
     * A node of a job in the making.
     *
     * @param node of which the store may become a part
     * @param groups of the node, to which it may add one
     * @param members of the group that decides on the job
     * @param timing of that group
     * @param isDurable whether that group keeps its log on the node's storage
     */
    record Home(NodeContext<?, ?> node, RaftGroups<?> groups, Membership members, Timing timing, boolean isDurable) {}
}
