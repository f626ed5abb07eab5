/** Hazelcast Jet: by its core API with processors of our own, and by its pipelines. */
@NullMarked
package dev.gyre.bench.stream.jet;

import org.jspecify.annotations.NullMarked;
