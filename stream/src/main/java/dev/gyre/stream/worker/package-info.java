/** A worker: the whole graph on its share of the keys, and the service that hosts one. Deterministic. */
package dev.gyre.stream.worker;
