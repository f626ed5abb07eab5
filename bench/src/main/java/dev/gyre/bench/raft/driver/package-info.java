/**
 * {@code bench/run raft}: runs each contender in a JVM of its own, in turn, checks that its replicas agree, and prints the
 * table. Depends on the contenders; not deterministic.
 */
@NullMarked
package dev.gyre.bench.raft.driver;

import org.jspecify.annotations.NullMarked;
