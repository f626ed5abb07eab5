/** The workbench: Maelstrom's command line over real processes. */
@org.jspecify.annotations.NullMarked
open module dev.gyre.maelstrom {
    requires dev.gyre.core;
    requires info.picocli;
    requires org.slf4j;
}
