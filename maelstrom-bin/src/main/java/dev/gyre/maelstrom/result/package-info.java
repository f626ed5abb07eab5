/**
 * The results of a run: the map of verdicts and figures with Maelstrom's keys, as text and as JSON. Pure and deterministic.
 * Depends on {@code engine} and on core's checkers.
 */
package dev.gyre.maelstrom.result;
