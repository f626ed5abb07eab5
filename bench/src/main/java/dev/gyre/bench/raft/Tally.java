package dev.gyre.bench.raft;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The state machine of a replica: counts operations, and folds their checksums in the order in which they are applied. One
 * thread at a time applies; any thread reads.
 */
public final class Tally {
    /** Names a replica that leaves out every thousandth operation, to see that the driver notices. */
    public static final String BROKEN_REPLICA = "gyre.bench.brokenReplica";

    private static final int BREAK_EVERY = 1_000;

    private final CRC32C crc = new CRC32C();
    private final boolean broken;
    private long seen;
    private long count;
    private long checksum;
    private volatile long published;

    /** The tally of one replica, by its number. */
    public Tally(int replica) {
        broken = Integer.getInteger(BROKEN_REPLICA, -1) == replica;
    }

    /** Applies an operation. */
    public void apply(byte[] value, int offset, int length) {
        crc.reset();
        crc.update(value, offset, length);
        add(crc.getValue());
    }

    /** Applies an operation. */
    public void apply(byte[] value) {
        apply(value, 0, value.length);
    }

    /** Applies an operation: what remains of a buffer, which is then used up. */
    public void apply(ByteBuffer value) {
        crc.reset();
        crc.update(value);
        add(crc.getValue());
    }

    private void add(long value) {
        seen++;
        if (broken && seen % BREAK_EVERY == 0) {
            return;
        }
        checksum = checksum * 31 + value;
        count++;
        published = count; // publishes the checksum too
    }

    /** What a snapshot has to hold; called by the thread that applies. */
    public Applied snapshot() {
        return new Applied(count, checksum);
    }

    /** Continues from a snapshot; called by the thread that applies. */
    public void install(Applied snapshot) {
        count = snapshot.count();
        checksum = snapshot.checksum();
        published = count;
    }

    /** What has been applied; the two agree with each other only while nothing is being applied. */
    public Applied applied() {
        long seenCount = published; // read first: what was written before it is then seen too
        return new Applied(seenCount, checksum);
    }
}
