/**
 * What a running job costs who waits for its output: while it is rescaled ({@link dev.gyre.bench.stream.measure.StreamRescale}), behind a slow sink and during
 * snapshots of a large state ({@link dev.gyre.bench.stream.measure.StreamMemory}), and when it has nothing to do ({@link
 * dev.gyre.bench.stream.measure.StreamIdle}). Each run is a method that a test can call, and a command that runs it in a JVM of its own. Depends on the public API of the
 * dataflow; reads clocks, and is not deterministic.
 */
@NullMarked
package dev.gyre.bench.stream.measure;

import org.jspecify.annotations.NullMarked;
