/**
 * A linearizable key-value store in one statement: a proxy to the service {@code lin-kv}. It shows a call on behalf of a
 * client, and how an {@link dev.gyre.core.Outcome} becomes the client's: an error that is certain stays certain, and one that
 * is not stays open. Deterministic.
 */
package dev.gyre.examples.linkv;
