/**
 * A lock that one client holds at a time, kept on Raft: the messages are those of {@link dev.gyre.examples.lock.LockNode}, which keeps
 * its lock in a service. It shows how little a replicated state has to be. Deterministic.
 */
package dev.gyre.examples.raftlock;
