/** Nodes on Raft and dataflows as real processes on real folders, killed without mercy while somebody watches. Not deterministic: the seed fixes what strikes, not when. */
@org.jspecify.annotations.NullMarked
package dev.gyre.maelstrom.fire;
