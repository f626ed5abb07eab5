/**
 * Reads EDN, the notation of Clojure's data, in which Jepsen writes histories. Pure and deterministic, apart from what it is
 * given to read from. Depends on nothing.
 */
package dev.gyre.maelstrom.edn;
