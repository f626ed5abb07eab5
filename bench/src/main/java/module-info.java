/** Side-by-side programs: a peer and ours in turn, in one command, with the ratio. Not part of the default build. */
@org.jspecify.annotations.NullMarked
module dev.gyre.bench {
    requires dev.gyre.core;
}
