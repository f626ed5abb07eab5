/** Ours, as its users write it. Depends on the public API of {@code stream}. */
@NullMarked
package dev.gyre.bench.stream.own;

import org.jspecify.annotations.NullMarked;
