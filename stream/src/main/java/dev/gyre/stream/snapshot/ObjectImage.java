package dev.gyre.stream.snapshot;

import dev.gyre.core.Storage;
import dev.gyre.stream.snapshot.StoreEntry.Piece;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All objects as the bytes of one Raft snapshot: made in one array of just the right size. */
final class ObjectImage {
    /** "GyO", and the version. */
    private static final int MAGIC = 0x47794f02;

    /** Of all: version and fence. */
    private static final int HEAD = Integer.BYTES + Long.BYTES;

    /** Of an object: length of the name, put, size, bytes of a chunk, how many are there. */
    private static final int OBJECT_HEAD = Short.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    /** Of a chunk: number and checksum; its length follows from its number. */
    private static final int CHUNK_HEAD = Integer.BYTES + Integer.BYTES;

    private ObjectImage() {}

    static byte[] encode(ObjectTable table) {
        var out = ByteBuffer.allocate(Math.toIntExact(HEAD + size(table.sealed()) + size(table.open())));
        out.putInt(MAGIC).putLong(table.fence());
        write(out, table.sealed());
        write(out, table.open());
        return out.array();
    }

    private static long size(Collection<ReplicatedObject> objects) {
        long size = Integer.BYTES;
        for (var object : objects) {
            size += OBJECT_HEAD + object.name().length();
            for (var piece : object.chunks()) {
                size += piece == null ? 0 : CHUNK_HEAD + piece.length();
            }
        }
        return size;
    }

    private static void write(ByteBuffer out, Collection<ReplicatedObject> objects) {
        out.putInt(objects.size());
        for (var object : objects) {
            var name = object.name().getBytes(StandardCharsets.US_ASCII);
            out.putShort((short) name.length).put(name);
            out.putLong(object.put())
                    .putLong(object.size())
                    .putInt(object.chunkBytes())
                    .putInt(object.present());
            int number = 0;
            for (var piece : object.chunks()) {
                if (piece != null) {
                    out.putInt(number).putInt(piece.crc()).put(piece.array(), piece.from(), piece.length());
                }
                number++;
            }
        }
    }

    /**
     * Puts what was encoded in the place of what a table has. Every chunk gets an array of its own: a view would keep all of the image for as long as one object lives.
     *
     * @throws IllegalArgumentException when it is no image; the table is then as it was
     */
    static void restore(byte[] image, ObjectTable into) {
        var in = ByteBuffer.wrap(image);
        try {
            if (in.getInt() != MAGIC) {
                throw new IllegalArgumentException("no image of replicated snapshots in version " + (MAGIC & 0xff)
                        + ": damaged, or written by another version");
            }
            long fence = in.getLong();
            var sealed = read(in);
            var open = read(in);
            if (in.hasRemaining() || !sealed.stream().allMatch(ReplicatedObject::isWhole)) {
                throw new IllegalArgumentException("an image of replicated snapshots makes no sense");
            }
            into.restore(sealed, open, fence);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "an image of replicated snapshots is cut off after " + image.length + " bytes", e);
        }
    }

    private static List<ReplicatedObject> read(ByteBuffer in) {
        var objects = new ArrayList<ReplicatedObject>();
        for (int i = in.getInt(); i > 0; i--) {
            var name = new byte[in.getShort()];
            in.get(name);
            var checked = Storage.checkName(new String(name, StandardCharsets.US_ASCII));
            var object = new ReplicatedObject(checked, in.getLong(), in.getLong(), in.getInt());
            for (int present = in.getInt(); present > 0; present--) {
                chunk(in, object);
            }
            objects.add(object);
        }
        return objects;
    }

    private static void chunk(ByteBuffer in, ReplicatedObject object) {
        int number = in.getInt();
        int crc = in.getInt();
        var bytes = new byte[Math.max(0, object.length(number))];
        in.get(bytes);
        var piece = new Piece(bytes, 0, bytes.length, crc);
        if (piece.isDamaged() || !object.add(number, piece)) {
            throw new IllegalArgumentException("chunk " + number + " of " + object.name() + " is damaged");
        }
    }
}
