/**
 * Unique ids without coordination: each node makes them alone, so a partition stops nobody. An id is the node's name, a
 * random number that the node draws when it starts, and a count; the name keeps nodes apart, the number keeps apart the
 * lives of a node that is started again, and the count keeps apart the ids of one life. It shows what a service takes from
 * its context, randomness above all, so as to stay deterministic.
 */
package dev.gyre.examples.uniqueids;
