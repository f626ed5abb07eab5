/**
 * Where snapshots live, and what is in them: {@link dev.gyre.stream.snapshot.SnapshotStore} keeps objects, {@link
 * dev.gyre.stream.snapshot.SnapshotPart} is the object that one worker writes for one snapshot. {@code docs/design/024-codecs-and-snapshots.md}
 * says why, and {@code 034-replicated-snapshots.md} of those that the nodes keep themselves.
 *
 * <p>Deterministic, but for the thread of {@link dev.gyre.stream.snapshot.DirectorySnapshots}. Depends on the core, on {@code codec}, and, for
 * {@link dev.gyre.stream.snapshot.ReplicatedSnapshots}, on Raft.
 */
@NullMarked
package dev.gyre.stream.snapshot;

import org.jspecify.annotations.NullMarked;
