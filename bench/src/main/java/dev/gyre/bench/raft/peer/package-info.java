/** Other Rafts, each in its fastest sane form; docs/design/016-raft-bench.md says which settings and why. */
@NullMarked
package dev.gyre.bench.raft.peer;

import org.jspecify.annotations.NullMarked;
