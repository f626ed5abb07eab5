package dev.gyre.stream.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An object as a file: its content, then the checksum of each block of it, then a footer of 20 bytes: magic and version, size of the content,
 * checksum of all that follows the content.
 */
final class SnapshotFile {
    /** "GyS", and the version. */
    private static final int MAGIC = 0x47795301;

    private static final int FOOTER = 20;

    private SnapshotFile() {}

    /** What is not as it was written. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        final long offset;

        DamagedException(long offset, String problem) {
            super(problem);
            this.offset = offset;
        }
    }

    /** What follows a content. */
    static ByteBuffer trailer(BlockSums sums) {
        var trailer = ByteBuffer.allocate(Math.addExact(sums.sums().length * Integer.BYTES, FOOTER));
        for (int sum : sums.sums()) {
            trailer.putInt(sum);
        }
        trailer.putInt(MAGIC).putLong(sums.size());
        trailer.putLong(crc(trailer.slice(0, trailer.position())));
        return trailer.flip();
    }

    private static long crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    static void write(FileChannel channel, List<ByteBuffer> content, BlockSums sums, SnapshotFiles files)
            throws IOException {
        for (var slice : content) {
            writeAll(channel, slice.duplicate(), files);
        }
        writeAll(channel, trailer(sums), files);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, SnapshotFiles files) throws IOException {
        while (bytes.hasRemaining()) {
            files.write(channel, bytes);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The checksums of a file, and with them the size of its content. */
    static BlockSums sums(FileChannel channel) throws IOException, DamagedException {
        long size = channel.size();
        if (size < FOOTER) {
            throw new DamagedException(size, "cut off: a footer of " + FOOTER + " bytes is missing");
        }
        var footer = readAll(channel, size - FOOTER, FOOTER);
        int magic = footer.getInt();
        long content = footer.getLong();
        long crc = footer.getLong();
        if (magic != MAGIC) {
            throw new DamagedException(size - FOOTER, "no footer of this version: cut off, or no snapshot object");
        }
        if (content < 0 || content > size - FOOTER || content + BlockSums.blocks(content) * 4L + FOOTER != size) {
            throw new DamagedException(size - FOOTER, "a file of " + size + " bytes has no content of " + content);
        }
        var all = readAll(channel, content, (int) (size - content - Long.BYTES));
        if (crc(all.duplicate()) != crc) {
            throw new DamagedException(content, "the checksums of the blocks have another checksum");
        }
        var sums = new int[BlockSums.blocks(content)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = all.getInt();
        }
        return new BlockSums(content, sums);
    }

    /** Bytes of the content, which must be there: read with the blocks that they lie in, and checked. */
    static byte[] read(FileChannel channel, BlockSums sums, long offset, int length)
            throws IOException, DamagedException {
        long from = BlockSums.alignDown(offset);
        long to = Math.max(from, sums.alignUp(offset + length));
        var blocks = readAll(channel, from, Math.toIntExact(to - from));
        var damage = sums.damage(blocks, from);
        if (damage.isPresent()) {
            throw new DamagedException(damage.getAsLong(), "a block has another checksum");
        }
        var bytes = new byte[length];
        blocks.get((int) (offset - from), bytes);
        return bytes;
    }

    private static ByteBuffer readAll(FileChannel channel, long from, int length) throws IOException, DamagedException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            long at = from + bytes.position();
            if (channel.read(bytes, at) < 0) {
                throw new DamagedException(at, "cut off: " + bytes.remaining() + " bytes are missing");
            }
        }
        return bytes.flip();
    }
}
