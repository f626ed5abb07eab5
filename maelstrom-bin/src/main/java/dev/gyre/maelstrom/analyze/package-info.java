/**
 * Histories from files, those of our store and those of Jepsen, read back to operations that checkers judge. Deterministic,
 * apart from reading files. Depends on {@code store}, {@code workload}, {@code edn} and on core's checkers.
 */
package dev.gyre.maelstrom.analyze;
