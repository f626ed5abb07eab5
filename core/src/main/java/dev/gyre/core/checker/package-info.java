/**
 * Checkers: pure functions from a history to a verdict. Deterministic; without clocks, threads or I/O.
 * Depends on histories, outcomes and, for ids alone, Jackson's trees.
 */
package dev.gyre.core.checker;
