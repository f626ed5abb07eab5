/**
 * A test kit for what users write themselves: a function, a source, a sink, alone and without threads, clocks or files.
 *
 * <p>{@link dev.gyre.stream.testing.OperatorKit} drives what is done with a stream between two exchanges, {@link dev.gyre.stream.testing.SourceKit} and
 * {@link dev.gyre.stream.testing.SinkKit} what stands at its ends, and {@link dev.gyre.stream.testing.DistributorKit} the exchange itself. All make life hard on
 * purpose: one record at a time, no room every other call, and state that goes to bytes and back at every step.
 *
 * <p>Deterministic. Knows no test framework: what is wrong is an exception that says so.
 */
package dev.gyre.stream.testing;
