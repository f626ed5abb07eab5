/**
 * Totals of values by key, by a dataflow on the nodes that serve them: what clients ask is an entry of a log, the log is the source of a job, and answers are what the job
 * gives. Snapshots, recovery and changes of the number of workers are the job's affair. Deterministic.
 */
package dev.gyre.examples.streamcount;
