package dev.gyre.stream.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** What nodes agree on about replicated objects. Each has a ticket, by which the node that proposed it knows it again. */
sealed interface StoreEntry {
    /** A number that the proposing node gave it in this life. */
    long ticket();

    /**
     * An object is to be put: the index of this entry is what its other entries call it.
     *
     * @param size of the object, in bytes
     * @param chunkBytes of each chunk but the last
     * @param maxBytes the bound that it is judged by
     */
    record Begin(long ticket, String name, long size, int chunkBytes, long maxBytes) implements StoreEntry {
        /** Refuses what no node asks for, so that it is never applied. */
        public Begin {
            boolean isPossible = size >= 0
                    && maxBytes <= ReplicatedSnapshots.Settings.BYTES_MAX
                    && chunkBytes > 0
                    && chunkBytes <= ReplicatedSnapshots.Settings.CHUNK_BYTES_MAX;
            if (!isPossible) {
                throw new IllegalArgumentException("an object of " + size + " bytes in chunks of " + chunkBytes
                        + " below a bound of " + maxBytes + " cannot be");
            }
        }
    }

    /**
     * A piece of an object.
     *
     * @param put the index of the entry that began
     * @param number from 0 on, in the order of the object
     */
    record Chunk(long ticket, long put, int number, Piece piece) implements StoreEntry {}

    /**
     * All chunks are written: the object is to be seen.
     *
     * @param checksum over the checksums of its chunks: {@link #checksum}
     */
    record Seal(long ticket, long put, int checksum) implements StoreEntry {}

    /**
     * An object that fits one chunk, at once. Whoever proposes it cannot know its index if its fate stays unknown, so the put has a number that is drawn.
     *
     * @param put below 0, so that no index is the same
     * @param fence that the proposing replica knew: the put is refused behind a later one, so that what is withdrawn does not come afterwards
     * @param maxBytes the bound that it is judged by
     */
    record Whole(long ticket, long put, long fence, String name, long maxBytes, Piece piece) implements StoreEntry {
        /** Refuses what no node asks for, so that it is never applied. */
        public Whole {
            boolean isPossible = put < 0
                    && maxBytes <= ReplicatedSnapshots.Settings.BYTES_MAX
                    && piece.length() <= ReplicatedSnapshots.Settings.CHUNK_BYTES_MAX;
            if (!isPossible) {
                throw new IllegalArgumentException("put " + put + " of " + piece.length()
                        + " bytes at once below a bound of " + maxBytes + " cannot be");
            }
        }
    }

    /** A put is given up, even if it was sealed. Of one below 0 the index of this entry is the next fence. */
    record Drop(long ticket, long put, String name) implements StoreEntry {}

    /** An object is no longer needed. */
    record Delete(long ticket, String name) implements StoreEntry {}

    /**
     * Bytes where they are, which is in an entry or by themselves.
     *
     * @param crc CRC-32C of them as they were written
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(byte[] array, int from, int length, int crc) {
        /** A piece of an array, with its checksum. */
        static Piece of(byte[] array, int from, int length) {
            return new Piece(array, from, length, PartFormat.crc(array, from, length));
        }

        boolean isDamaged() {
            return PartFormat.crc(array, from, length) != crc;
        }
    }

    /** What a seal says of pieces: CRC-32C over theirs, in order. */
    static int checksum(Iterable<Piece> pieces) {
        var crc = new CRC32C();
        var four = ByteBuffer.allocate(Integer.BYTES);
        for (var piece : pieces) {
            crc.update(four.clear().putInt(piece.crc()).flip());
        }
        return (int) crc.getValue();
    }
}
