/** A job as a graph: what operators there are, what leads where, and how the graph falls into stages. */
@org.jspecify.annotations.NullMarked
package dev.gyre.stream.graph;
