package dev.gyre.stream.snapshot;

import dev.gyre.stream.snapshot.StoreEntry.Piece;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object in chunks, while it is put and afterwards. */
final class ReplicatedObject {
    /** What one takes beside its bytes: so that a great many empty ones count too. */
    static final int OVERHEAD = 256;

    /** What a chunk takes beside its bytes. */
    static final int CHUNK_OVERHEAD = 64;

    private final String name;
    private final long put;
    private final long size;
    private final int chunkBytes;
    private final @Nullable Piece[] pieces;
    private int present;

    /** @param put the index of the entry that began it */
    ReplicatedObject(String name, long put, long size, int chunkBytes) {
        this.name = name;
        this.put = put;
        this.size = size;
        this.chunkBytes = chunkBytes;
        this.pieces = new Piece[chunks(size, chunkBytes)];
    }

    static int chunks(long size, int chunkBytes) {
        return Math.toIntExact((size + chunkBytes - 1) / chunkBytes);
    }

    /** What an object counts for against the bound, before it is there. */
    static long counted(long size, int chunkBytes) {
        return size + OVERHEAD + (long) CHUNK_OVERHEAD * ((size + chunkBytes - 1) / chunkBytes);
    }

    String name() {
        return name;
    }

    long put() {
        return put;
    }

    long size() {
        return size;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    long counted() {
        return counted(size, chunkBytes);
    }

    /** How many chunks have come. */
    int present() {
        return present;
    }

    boolean isWhole() {
        return present == pieces.length;
    }

    /** The chunks, in order; none where one is missing. */
    List<@Nullable Piece> chunks() {
        return Arrays.asList(pieces);
    }

    /** Whether a chunk has its place and its length; one that came before stays as it is. */
    boolean add(int number, Piece piece) {
        if (number < 0 || number >= pieces.length || piece.length() != length(number)) {
            return false;
        }
        if (pieces[number] == null) {
            pieces[number] = piece;
            present++;
        }
        return true;
    }

    /** How long a chunk has to be. */
    int length(int number) {
        return (int) Math.min(chunkBytes, size - (long) number * chunkBytes);
    }

    /** Whether all chunks are there, and are those that their writer wrote. */
    boolean isSealedBy(int checksum) {
        return isWhole()
                && StoreEntry.checksum(Arrays.asList(pieces).stream()
                                .map(ReplicatedObject::there)
                                .toList())
                        == checksum;
    }

    private static Piece there(@Nullable Piece piece) {
        if (piece == null) {
            throw new IllegalStateException("a chunk of a whole object is missing");
        }
        return piece;
    }

    /**
     * Copies a part of a whole object, which lies within it.
     *
     * @return the offset of the first chunk that is not as it was written, or -1
     */
    long read(long offset, byte[] into) {
        int done = 0;
        while (done < into.length) {
            int number = (int) ((offset + done) / chunkBytes);
            var piece = there(pieces[number]);
            if (piece.isDamaged()) {
                return (long) number * chunkBytes;
            }
            int skip = (int) (offset + done - (long) number * chunkBytes);
            int take = Math.min(into.length - done, piece.length() - skip);
            System.arraycopy(piece.array(), piece.from() + skip, into, done, take);
            done += take;
        }
        return -1;
    }
}
