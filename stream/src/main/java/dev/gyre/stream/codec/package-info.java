/**
 * Keys, values and states as bytes: a closed set of types, named on the wire and never loaded by name. {@link dev.gyre.stream.codec.Types} says which;
 * {@code docs/design/024-codecs-and-snapshots.md} says why.
 *
 * <p>Deterministic: no I/O, threads, clocks or random numbers. Depends on nothing but the JDK.
 */
@NullMarked
package dev.gyre.stream.codec;

import org.jspecify.annotations.NullMarked;
