/** An embeddable Raft on the node API of {@code dev.gyre.core}. Knows nothing of dataflow or sockets. */
@org.jspecify.annotations.NullMarked
module dev.gyre.raft {
    requires transitive dev.gyre.core;
    requires org.slf4j;

    exports dev.gyre.raft;
    exports dev.gyre.raft.core;
    exports dev.gyre.raft.session;
    exports dev.gyre.raft.storage;

    opens dev.gyre.raft.wire to
            com.fasterxml.jackson.databind;
}
