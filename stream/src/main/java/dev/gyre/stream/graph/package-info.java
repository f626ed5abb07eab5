/** A job as a graph: what operators there are, what leads where, and how the graph falls into stages. */
package dev.gyre.stream.graph;
