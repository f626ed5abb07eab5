/** The node: its API, its hosts, histories and their checkers. Knows nothing of Raft or of dataflow. */
@org.jspecify.annotations.NullMarked
module dev.gyre.core {
    requires transitive org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.module.paramnames;
    requires org.jctools.core;
    requires org.slf4j;

    exports dev.gyre.core;
    exports dev.gyre.core.checker;
    exports dev.gyre.core.checker.elle;
    exports dev.gyre.core.checker.kafka;
    exports dev.gyre.core.history;
    exports dev.gyre.core.host;
    exports dev.gyre.core.json;
    exports dev.gyre.core.kv;
    exports dev.gyre.core.kv.service;
    exports dev.gyre.core.link;
    exports dev.gyre.core.simulation;
}
