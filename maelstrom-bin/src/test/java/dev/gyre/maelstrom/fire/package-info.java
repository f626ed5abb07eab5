/** Nodes on Raft as real processes on real folders, killed without mercy while clients watch. Not deterministic: the seed fixes what strikes, not when. */
@org.jspecify.annotations.NullMarked
package dev.gyre.maelstrom.fire;
