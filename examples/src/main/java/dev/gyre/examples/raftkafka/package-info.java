/**
 * Logs that are appended to and polled, on Raft: sends and commits of offsets are entries of Raft's log, polls read the replica that they
 * come to. All is linearizable, and survives crashes. Deterministic.
 */
package dev.gyre.examples.raftkafka;
