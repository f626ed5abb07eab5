/** A keyed dataflow on Raft. Knows nothing of sockets, but for the package that lets a job be asked over HTTP. */
@org.jspecify.annotations.NullMarked
module dev.gyre.stream {
    requires transitive dev.gyre.raft;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dev.gyre.stream;
    exports dev.gyre.stream.api;
    exports dev.gyre.stream.codec;
    exports dev.gyre.stream.control;
    exports dev.gyre.stream.exchange;
    exports dev.gyre.stream.http;
    exports dev.gyre.stream.io;
    exports dev.gyre.stream.snapshot;
    exports dev.gyre.stream.testing;

    opens dev.gyre.stream.control to
            com.fasterxml.jackson.databind;
    opens dev.gyre.stream.http to
            com.fasterxml.jackson.databind;
    opens dev.gyre.stream.worker to
            com.fasterxml.jackson.databind;
}
