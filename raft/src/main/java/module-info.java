/** An embeddable Raft on the node API of {@code dev.gyre.core}. Knows nothing of dataflow or sockets. */
@org.jspecify.annotations.NullMarked
module dev.gyre.raft {
    requires transitive dev.gyre.core;

    exports dev.gyre.raft.core;
    exports dev.gyre.raft.session;
    exports dev.gyre.raft.storage;
}
