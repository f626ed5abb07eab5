/**
 * Clients of the key-value and timestamp services that every Maelstrom cluster has. Deterministic.
 */
package dev.gyre.core.kv;
