/**
 * The services that Maelstrom offers to nodes: key-value stores of three consistencies and a timestamp oracle. Each is a pure
 * state machine that draws from a seeded stream, and its weakness is on purpose: what a store does not promise, it breaks often.
 * Deterministic. Depends on {@code net}, {@code json} and the error codes of core.
 */
package dev.gyre.maelstrom.service;
