package dev.gyre.stream.snapshot;

import dev.gyre.raft.storage.EntryCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Entries as bytes: a byte for the kind, the ticket, numbers of fixed length, at last the name or the bytes of a chunk. A chunk is made of its encoding
 * and stays a view of it, so the bytes of an object are copied once: into the entry.
 */
final class StoreEntryCodec implements EntryCodec<StoreEntry> {
    /** The bytes of a chunk begin behind kind, ticket, put, number and checksum. */
    static final int CHUNK_HEAD = 1 + Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    /** The bytes of a whole object begin behind kind, ticket, put, fence, bound, checksum, and the name with its length. */
    private static final int WHOLE_HEAD =
            1 + Long.BYTES + Long.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES + Short.BYTES;

    /** The most that a name has: see {@link dev.gyre.core.Storage#checkName}. */
    private static final int NAME_MAX = 200;

    private static final byte BEGIN = 1;
    private static final byte CHUNK = 2;
    private static final byte SEAL = 3;
    private static final byte DROP = 4;
    private static final byte DELETE = 5;
    private static final byte WHOLE = 6;

    /** The most that a kind without a name and a chunk takes. */
    private static final int HEAD_MAX = 64;

    @Override
    public int maxBytes() {
        return WHOLE_HEAD + NAME_MAX + ReplicatedSnapshots.Settings.CHUNK_BYTES_MAX;
    }

    /**
     * A chunk whose bytes are already where its encoding has them.
     *
     * @param encoded with room of {@link #CHUNK_HEAD} before the bytes, which is filled in
     */
    static StoreEntry.Chunk chunk(long ticket, long put, int number, byte[] encoded) {
        var piece = StoreEntry.Piece.of(encoded, CHUNK_HEAD, encoded.length - CHUNK_HEAD);
        ByteBuffer.wrap(encoded)
                .put(CHUNK)
                .putLong(ticket)
                .putLong(put)
                .putInt(number)
                .putInt(piece.crc());
        return new StoreEntry.Chunk(ticket, put, number, piece);
    }

    /** Where the bytes of a whole object begin in its encoding. */
    static int wholeHead(String name) {
        return WHOLE_HEAD + name.length(); // of ASCII characters
    }

    /**
     * A whole object whose bytes are already where its encoding has them.
     *
     * @param encoded with room of {@link #wholeHead} before the bytes, which is filled in
     */
    static StoreEntry.Whole whole(long ticket, long put, long fence, String name, long maxBytes, byte[] encoded) {
        int head = wholeHead(name);
        var piece = StoreEntry.Piece.of(encoded, head, encoded.length - head);
        ByteBuffer.wrap(encoded)
                .put(WHOLE)
                .putLong(ticket)
                .putLong(put)
                .putLong(fence)
                .putLong(maxBytes)
                .putInt(piece.crc())
                .putShort((short) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII));
        return new StoreEntry.Whole(ticket, put, fence, name, maxBytes, piece);
    }

    @Override
    public byte[] encode(StoreEntry value) {
        if (value instanceof StoreEntry.Chunk(var ticket, var put, var number, var piece)) {
            return piece.array(); // as chunk() or decode() made it
        }
        if (value instanceof StoreEntry.Whole whole) {
            return whole.piece().array(); // likewise
        }
        var out = ByteBuffer.allocate(HEAD_MAX + 1024);
        switch (value) {
            case StoreEntry.Begin(var ticket, var name, var size, var chunkBytes, var maxBytes) -> {
                out.put(BEGIN).putLong(ticket).putLong(size).putInt(chunkBytes).putLong(maxBytes);
                out.put(name.getBytes(StandardCharsets.UTF_8));
            }
            case StoreEntry.Seal(var ticket, var put, var checksum) ->
                out.put(SEAL).putLong(ticket).putLong(put).putInt(checksum);
            case StoreEntry.Drop(var ticket, var put, var name) ->
                out.put(DROP).putLong(ticket).putLong(put).put(name.getBytes(StandardCharsets.UTF_8));
            case StoreEntry.Delete(var ticket, var name) ->
                out.put(DELETE).putLong(ticket).put(name.getBytes(StandardCharsets.UTF_8));
            case StoreEntry.Chunk chunk -> throw new IllegalStateException("a chunk is encoded when it is made");
            case StoreEntry.Whole whole -> throw new IllegalStateException("an object is encoded when it is made");
        }
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @Override
    public StoreEntry decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            byte kind = in.get();
            long ticket = in.getLong();
            return switch (kind) {
                case BEGIN -> {
                    long size = in.getLong();
                    int chunkBytes = in.getInt();
                    long maxBytes = in.getLong();
                    yield new StoreEntry.Begin(ticket, rest(in), size, chunkBytes, maxBytes);
                }
                case CHUNK -> chunk(ticket, bytes, in);
                case SEAL -> new StoreEntry.Seal(ticket, in.getLong(), in.getInt());
                case DROP -> new StoreEntry.Drop(ticket, in.getLong(), rest(in));
                case DELETE -> new StoreEntry.Delete(ticket, rest(in));
                case WHOLE -> whole(ticket, bytes, in);
                default ->
                    throw new IllegalArgumentException(
                            "an entry of kind " + kind + " about replicated snapshots: damaged, or of a later version");
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "an entry about replicated snapshots is cut off after " + bytes.length + " bytes", e);
        }
    }

    private static StoreEntry chunk(long ticket, byte[] bytes, ByteBuffer in) {
        long put = in.getLong();
        int number = in.getInt();
        int crc = in.getInt();
        var piece = new StoreEntry.Piece(bytes, in.position(), in.remaining(), crc);
        if (piece.isDamaged()) {
            throw new IllegalArgumentException(
                    "chunk " + number + " of put " + put + ", " + piece.length() + " bytes, has another checksum");
        }
        return new StoreEntry.Chunk(ticket, put, number, piece);
    }

    private static StoreEntry whole(long ticket, byte[] bytes, ByteBuffer in) {
        long put = in.getLong();
        long fence = in.getLong();
        long maxBytes = in.getLong();
        int crc = in.getInt();
        var name = new byte[in.getShort()];
        in.get(name);
        var piece = new StoreEntry.Piece(bytes, in.position(), in.remaining(), crc);
        var object = new String(name, StandardCharsets.US_ASCII);
        if (piece.isDamaged()) {
            throw new IllegalArgumentException(object + ", " + piece.length() + " bytes, has another checksum");
        }
        return new StoreEntry.Whole(ticket, put, fence, object, maxBytes, piece);
    }

    private static String rest(ByteBuffer in) {
        return StandardCharsets.UTF_8.decode(in).toString();
    }

    /** Entries do not change, and one with bytes is its encoding. */
    @Override
    public StoreEntry afterJourney(StoreEntry value, byte[] bytes) {
        return value;
    }
}
