/** A keyed dataflow whose control plane is a Raft service. Has no consensus of its own and no sockets. */
@org.jspecify.annotations.NullMarked
module dev.gyre.stream {
    requires transitive dev.gyre.raft;
}
