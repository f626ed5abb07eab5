/**
 * Runs of the workbench in virtual time, with nodes in this process. Deterministic: a seed fixes all of a run. Depends on
 * {@code engine} and on the simulator of {@code core}.
 */
package dev.gyre.maelstrom.simulate;
