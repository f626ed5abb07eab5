/** Nodes to read, run and copy: one package an example. */
@org.jspecify.annotations.NullMarked
open module dev.gyre.examples {
    requires dev.gyre.core;
}
