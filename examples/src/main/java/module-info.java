/** Nodes to read, run and copy: one package an example. */
@org.jspecify.annotations.NullMarked
open module dev.gyre.examples {
    requires transitive dev.gyre.core;
    requires transitive dev.gyre.raft;
    requires transitive dev.gyre.stream;

    exports dev.gyre.examples;
    exports dev.gyre.examples.broadcast;
    exports dev.gyre.examples.counter;
    exports dev.gyre.examples.echo;
    exports dev.gyre.examples.gset;
    exports dev.gyre.examples.kafka;
    exports dev.gyre.examples.linkv;
    exports dev.gyre.examples.lock;
    exports dev.gyre.examples.raftkafka;
    exports dev.gyre.examples.raftkv;
    exports dev.gyre.examples.raftlock;
    exports dev.gyre.examples.rafttotals;
    exports dev.gyre.examples.rafttxn;
    exports dev.gyre.examples.replicated;
    exports dev.gyre.examples.rescaling;
    exports dev.gyre.examples.sessions;
    exports dev.gyre.examples.streamcount;
    exports dev.gyre.examples.txn;
    exports dev.gyre.examples.uniqueids;
    exports dev.gyre.examples.wordcount;
}
