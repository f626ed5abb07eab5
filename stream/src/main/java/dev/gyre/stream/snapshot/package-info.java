/**
 * Where snapshots live, and what is in them: {@link dev.gyre.stream.snapshot.SnapshotStore} keeps objects, {@link
 * dev.gyre.stream.snapshot.SnapshotPart} is the object that one worker writes for one snapshot. {@code docs/design/024-codecs-and-snapshots.md}
 * says why.
 *
 * <p>Deterministic, but for the thread of {@link dev.gyre.stream.snapshot.DirectorySnapshots}. Depends on the core's promises and on {@code
 * codec}.
 */
@NullMarked
package dev.gyre.stream.snapshot;

import org.jspecify.annotations.NullMarked;
