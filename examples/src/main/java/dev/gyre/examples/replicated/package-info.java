/**
 * A state that all nodes of a cluster have together, by way of Raft: what the nodes on Raft among the examples share. {@link
 * dev.gyre.examples.replicated.ReplicatedNode} is all that there is between a state and a {@link dev.gyre.raft.RaftService}, and the
 * place to learn how that is used. Deterministic.
 */
package dev.gyre.examples.replicated;
