/**
 * The control plane of a job: which workers run it, on which assignment, from which snapshot. {@link
 * dev.gyre.stream.control.ControlState} is the replicated state machine, {@link dev.gyre.stream.control.Coordinator} what the leader of the
 * Raft group does; both are pure, and a service around them passes entries, messages and the time in and carries out what comes out. Deterministic;
 * depends on {@code dev.gyre.stream.exchange} for assignments and on the JSON of {@code dev.gyre.core}.
 */
package dev.gyre.stream.control;
