/**
 * A lock that one client holds at a time, kept in the service {@code lin-kv}. It shows compare-and-set as the whole of an
 * operation, and what to do when its reply does not come: nothing. The lock has no lease: a holder that ends without giving it
 * back keeps it. Deterministic.
 */
package dev.gyre.examples.lock;
