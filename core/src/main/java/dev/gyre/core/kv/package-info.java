/**
 * Clients of the key-value and timestamp services that every Maelstrom cluster has, and their protocols. The services
 * themselves are in {@code dev.gyre.core.kv.service}. Deterministic.
 */
package dev.gyre.core.kv;
