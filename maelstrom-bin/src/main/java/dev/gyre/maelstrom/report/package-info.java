/**
 * What a person looks at after a run: the page of the run, the Lamport diagram of its messages, the timeline of its
 * operations, and the charts of latency and rate. Pure functions from data to SVG and HTML text, deterministic and without
 * I/O; only {@link dev.gyre.maelstrom.report.RunReport} reads and writes files.
 */
package dev.gyre.maelstrom.report;
