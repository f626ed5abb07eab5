/** A keyed dataflow on Raft. Knows nothing of sockets. */
@org.jspecify.annotations.NullMarked
module dev.gyre.stream {
    requires transitive dev.gyre.raft;
    requires org.slf4j;

    exports dev.gyre.stream;
    exports dev.gyre.stream.api;
    exports dev.gyre.stream.codec;
    exports dev.gyre.stream.control;
    exports dev.gyre.stream.exchange;
    exports dev.gyre.stream.io;
    exports dev.gyre.stream.snapshot;
    exports dev.gyre.stream.testing;

    opens dev.gyre.stream.control to
            com.fasterxml.jackson.databind;
    opens dev.gyre.stream.worker to
            com.fasterxml.jackson.databind;
}
