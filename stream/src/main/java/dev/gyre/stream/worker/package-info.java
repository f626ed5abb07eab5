/** A worker: the whole graph on its share of the keys, and the service that hosts one. Deterministic. */
@org.jspecify.annotations.NullMarked
package dev.gyre.stream.worker;
