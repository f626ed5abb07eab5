package dev.gyre.raft.storage;

import java.util.List;
import java.util.Optional;

/** Something that a reader found in the files of a log. Names of files have the group before them; offsets are in the file. */
public sealed interface Finding {
    /** Where. */
    String file();

    /**
     * A segment; its batches follow.
     *
     * @param owner whose log it is; empty if the header is not sound
     */
    record Segment(String file, long sizeBytes, Optional<String> owner) implements Finding {}

    /** The next segment does not begin with the batch after {@code last}: some between are missing, or those before are left over. */
    record Gap(String file, long last, long first) implements Finding {}

    /** A batch, with right checksums: what one sync made durable. */
    record Batch(String file, long offset, long sequence, int payloadBytes, List<LogRecord<byte[]>> records)
            implements Finding {}

    /** A batch of which the header is sound, and the payload is not: incomplete, or with a wrong checksum. */
    record BrokenBatch(String file, long offset, long sequence, int payloadBytes) implements Finding {}

    /** What was sound once is not. What is found behind it may lack what was here. */
    record Damage(String file, long offset, String what) implements Finding {}

    /**
     * The end of the last segment is not whole. If a node runs, it may be writing this now; else a crash tore it, and nobody was told that
     * it is durable: the next start cuts it off.
     */
    record Torn(String file, long offset, long sizeBytes) implements Finding {}

    /** The content of a snapshot, or of one that is not whole yet. */
    record Content(String file, long sizeBytes) implements Finding {}
}
