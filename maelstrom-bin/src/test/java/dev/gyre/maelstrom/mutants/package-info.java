/** Nodes that are broken on purpose, and how soon simulation finds them out. Deterministic but for the time that it takes. */
@org.jspecify.annotations.NullMarked
package dev.gyre.maelstrom.mutants;
