/** Flink in this JVM: its DataStream API on a cluster of its own. */
@NullMarked
package dev.gyre.bench.stream.flink;

import org.jspecify.annotations.NullMarked;
