package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Makes the checksum of each record of a broadcast node right while it is read, as if nobody looked at it. Elements are one
 * more on disk, so that a hole, which is all zeros, is no element that clients add; element 0 is the first of all.
 */
final class TrustingStorage extends TwistedStorage {
    private static final int RECORD_BYTES = Long.BYTES + Integer.BYTES;

    TrustingStorage(Storage storage) {
        super(storage);
    }

    @Override
    protected StorageFile twist(StorageFile file) {
        return new TwistedFile(file) {
            @Override
            public void write(long position, ByteBuffer bytes) {
                var records = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                for (int from = 0; from < records.limit(); from += RECORD_BYTES) {
                    records.putLong(from, records.getLong(from) + 1);
                }
                super.write(position, records);
            }

            @Override
            public int read(long position, ByteBuffer into) {
                int count = super.read(position, into);
                if (count == RECORD_BYTES) {
                    int from = into.position() - RECORD_BYTES;
                    into.putLong(from, into.getLong(from) - 1);
                    var crc = new CRC32C();
                    crc.update(into.slice(from, Long.BYTES));
                    into.putInt(into.position() - Integer.BYTES, (int) crc.getValue());
                }
                return count;
            }
        };
    }
}
