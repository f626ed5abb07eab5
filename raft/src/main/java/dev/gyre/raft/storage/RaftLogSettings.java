package dev.gyre.raft.storage;

import dev.gyre.raft.core.Membership;
import java.nio.charset.StandardCharsets;

/**
 * What a log is opened with.
 *
 * @param owner whose it is, such as {@code cluster/node}: 1 to 1000 bytes of UTF-8; files of another owner are refused
 * @param segmentBytes a segment that has this many bytes is followed by a new one, 1 to 2^30; one batch may go beyond it
 * @param preallocatedBytes at most so many zeros are written ahead in a segment, from 0: then most forces wait for the disk alone
 * @param bootstrap who takes part at first, when there is no log yet; {@link Membership#NONE} for a node that joins
 */
public record RaftLogSettings(String owner, int segmentBytes, int preallocatedBytes, Membership bootstrap) {
    /** Small enough to read whole at the start, large enough that new files are rare. */
    public static final int DEFAULT_SEGMENT_BYTES = 16 << 20;

    /** Enough that one force in hundreds has new space to account for. */
    public static final int DEFAULT_PREALLOCATED_BYTES = 4 << 20;

    private static final int MAX_SEGMENT_BYTES = 1 << 30;
    private static final int MAX_OWNER_BYTES = 1000;

    /** Settings. */
    public RaftLogSettings {
        int length = owner.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_OWNER_BYTES) {
            throw new IllegalArgumentException(
                    "owner \"" + owner + "\" has " + length + " bytes: 1 to " + MAX_OWNER_BYTES + " are allowed");
        }
        if (segmentBytes < 1 || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("segmentBytes " + segmentBytes + " is not in 1 to " + MAX_SEGMENT_BYTES);
        }
        if (preallocatedBytes < 0) {
            throw new IllegalArgumentException("preallocatedBytes is " + preallocatedBytes + ": must not be negative");
        }
    }

    /** With segments of the usual size. */
    public static RaftLogSettings of(String owner, Membership bootstrap) {
        return new RaftLogSettings(owner, DEFAULT_SEGMENT_BYTES, DEFAULT_PREALLOCATED_BYTES, bootstrap);
    }
}
