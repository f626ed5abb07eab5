/** The workbench: Maelstrom's command line over real processes. */
@org.jspecify.annotations.NullMarked
open module dev.gyre.maelstrom {
    requires dev.gyre.core;
    requires dev.gyre.examples;
    requires dev.gyre.raft;
    requires info.picocli;
    requires org.slf4j;
}
