/**
 * Logs in the manner of Kafka, on any number of nodes. Each key is owned by one node, chosen by the key's hash, and the others
 * pass on what concerns it. So offsets need no agreement: no compare-and-set that could fail, and no service that every
 * operation would have to go through. A request costs nothing where its node owns the keys, and two messages for each
 * other owner otherwise; kept in {@code lin-kv}, a send alone would cost four, and four more each time that another node had
 * appended first. The price: while an owner cannot be reached, its keys can be neither appended to nor read, and as logs are
 * in memory, a node that crashes loses those that it owns.
 *
 * <p>It shows requests that are split among nodes ({@link dev.gyre.core.Promise#all}), what to answer when only some
 * reply, and how to serve a request once that a network may deliver twice. Deterministic.
 */
package dev.gyre.examples.kafka;
