/** The bound: each workload as two plain threads, with rings between them and no engine. Depends on JCTools for the rings. */
@NullMarked
package dev.gyre.bench.stream.hand;

import org.jspecify.annotations.NullMarked;
