/**
 * {@code bench/run stream}: runs each contender in a JVM of its own, in turn, checks what came out, and prints the table. Depends on the contenders; not
 * deterministic.
 */
@NullMarked
package dev.gyre.bench.stream.driver;

import org.jspecify.annotations.NullMarked;
