package dev.gyre.stream.snapshot;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Checksums of the blocks of an object: so a part can be checked without the whole, and damage has a place.
 *
 * @param size of the object, in bytes
 * @param sums CRC-32C of each block, in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BlockSums(long size, int[] sums) {
    /** Bytes of a block: what a small read has to read in addition is at most two of them. */
    static final int BLOCK = 1 << 14;

    static BlockSums of(List<ByteBuffer> content) {
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        var sums = new int[blocks(size)];
        var crc = new CRC32C();
        int block = 0;
        int inBlock = 0;
        for (var slice : content) {
            var rest = slice.duplicate();
            while (rest.hasRemaining()) {
                int take = Math.min(rest.remaining(), BLOCK - inBlock);
                crc.update(rest.slice(rest.position(), take));
                rest.position(rest.position() + take);
                inBlock += take;
                if (inBlock == BLOCK) {
                    sums[block++] = (int) crc.getValue();
                    crc.reset();
                    inBlock = 0;
                }
            }
        }
        if (inBlock > 0) {
            sums[block] = (int) crc.getValue();
        }
        return new BlockSums(size, sums);
    }

    static int blocks(long size) {
        return Math.toIntExact((size + BLOCK - 1) / BLOCK);
    }

    /** Where the blocks begin that a part lies in. */
    static long alignDown(long offset) {
        return offset / BLOCK * BLOCK;
    }

    /** Where the blocks end that a part lies in. */
    long alignUp(long end) {
        return Math.min(size, alignDown(end + BLOCK - 1));
    }

    /**
     * Looks at blocks.
     *
     * @param bytes whole blocks, the last one of the object excepted
     * @param offset in the object of the first of them
     * @return the offset of the first one that is not as it was
     */
    OptionalLong damage(ByteBuffer bytes, long offset) {
        var crc = new CRC32C();
        for (int at = bytes.position(); at < bytes.limit(); at += BLOCK) {
            long from = offset + at - bytes.position();
            crc.reset();
            crc.update(bytes.slice(at, Math.min(BLOCK, bytes.limit() - at)));
            if ((int) crc.getValue() != sums[(int) (from / BLOCK)]) {
                return OptionalLong.of(from);
            }
        }
        return OptionalLong.empty();
    }
}
