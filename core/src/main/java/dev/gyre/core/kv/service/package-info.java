/**
 * The services that Maelstrom offers to nodes, as services of this library: key-value stores of three consistencies and a
 * timestamp oracle. They stand beside a cluster, in a simulation ({@code Simulation.with("lin-kv", KvMessage.class,
 * LinKvService::new)}) or on any other host, and keep everything in memory. Each is as weak as it may be, on purpose: what a
 * store does not promise, it breaks often.
 *
 * <p>Deterministic: what is random is drawn from the node's numbers. Depends on the protocols of {@code dev.gyre.core.kv}.
 */
package dev.gyre.core.kv.service;
