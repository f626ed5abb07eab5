/**
 * What is the same for all engines that are measured side by side: {@link dev.gyre.bench.stream.Feed} generates records, {@link
 * dev.gyre.bench.stream.Tally} takes in what comes of them, {@link dev.gyre.bench.stream.Reference} knows what should have come. Engines serialise their
 * operators, so what the driver and the operators share is static: a JVM runs one workload on one contender. Depends on nothing but HdrHistogram; the
 * driver and the contenders depend on it. Records are deterministic, how many there are is not.
 */
@NullMarked
package dev.gyre.bench.stream;

import org.jspecify.annotations.NullMarked;
