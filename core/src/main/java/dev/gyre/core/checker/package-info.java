/**
 * Checkers: pure functions from a history to a verdict. Deterministic; without clocks, threads or I/O.
 */
package dev.gyre.core.checker;
