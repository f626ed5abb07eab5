/**
 * Nexmark: an auction house, whose events are generated here by what is published about the benchmark, and queries about it. What all engines have in
 * common: events, predicates, results with their checksums, {@link dev.gyre.bench.stream.nexmark.PlainNexmark} that knows the right result; and for who
 * is given a place before the exchange, operators of windows that know no engine ({@link dev.gyre.bench.stream.nexmark.Stage}). Deterministic.
 */
@NullMarked
package dev.gyre.bench.stream.nexmark;

import org.jspecify.annotations.NullMarked;
