/**
 * What the Raft parts of nodes say to each other, as records that any host can carry: by reference in one process, as JSON between processes. Not
 * exported. Depends on {@code dev.gyre.raft.core} and the codec of entries; deterministic.
 */
@NullMarked
package dev.gyre.raft.wire;

import org.jspecify.annotations.NullMarked;
