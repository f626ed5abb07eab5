package dev.gyre.bench.raft.driver;

import dev.gyre.bench.OtherProcesses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the disk allows one replica: groups of as many operations as are outstanding, each group written by one call and
 * forced, by one thread, into one file. Nothing else: no header, no checksum, no second replica.
 */
final class RawDisk {
    private static final long MAX_FILE_BYTES = 1L << 30;
    private static final int PREALLOCATED_BYTES = 1 << 26;
    private static final int ZEROS_BYTES = 1 << 20;

    private RawDisk() {}

    /** Measures appending to a file that grows, or writing into one whose blocks are there and written. */
    static Window measure(Cell cell, Path dir, boolean preallocated, Duration warmUp, Duration window)
            throws IOException {
        var file = dir.resolve("raw");
        var group = ByteBuffer.allocateDirect(cell.payload() * cell.outstanding());
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            if (preallocated) {
                preallocate(channel);
            }
            long limit = preallocated ? PREALLOCATED_BYTES : MAX_FILE_BYTES;
            var writer = new Writer(channel, group, limit, !preallocated);
            writer.run(warmUp);
            var others = new OtherProcesses();
            long from = System.nanoTime();
            var forces = writer.run(window);
            double seconds = (System.nanoTime() - from) / 1e9;
            return new Window(
                    forces.getTotalCount() * cell.outstanding() / seconds,
                    forces.getValueAtPercentile(50) / 1e3,
                    forces.getValueAtPercentile(99) / 1e3,
                    0,
                    others.processors());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void preallocate(FileChannel channel) throws IOException {
        for (int at = 0; at < PREALLOCATED_BYTES; at += ZEROS_BYTES) {
            channel.write(ByteBuffer.allocate(ZEROS_BYTES), at);
        }
        channel.force(true);
    }

    private static final class Writer {
        private final FileChannel channel;
        private final ByteBuffer group;
        private final long limit;
        private final boolean truncates;
        private long at;

        Writer(FileChannel channel, ByteBuffer group, long limit, boolean truncates) {
            this.channel = channel;
            this.group = group;
            this.limit = limit;
            this.truncates = truncates;
        }

        Histogram run(Duration duration) throws IOException {
            var forces = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
            long deadline = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < deadline) {
                long from = System.nanoTime();
                if (at + group.capacity() > limit) {
                    at = 0;
                    if (truncates) {
                        channel.truncate(0);
                    }
                }
                at += channel.write(group.clear(), at);
                channel.force(false);
                forces.recordValue(System.nanoTime() - from);
            }
            return forces;
        }
    }
}
