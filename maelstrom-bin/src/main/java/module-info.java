/** The workbench: Maelstrom's command line over real processes; and the command line of a running dataflow. */
@org.jspecify.annotations.NullMarked
open module dev.gyre.maelstrom {
    requires dev.gyre.core;
    requires dev.gyre.examples;
    requires dev.gyre.raft;
    requires dev.gyre.stream;
    requires info.picocli;
    requires java.net.http;
    requires org.slf4j;
}
