package dev.gyre.stream.io;

import dev.gyre.stream.api.Sink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Appends lines to one file, which is made with the first. Those before a snapshot are durable when it is prepared. */
final class PlainWriter implements Sink.Writer<Object> {
    private final Disk disk;
    private final Path file;
    private final LineBuffer lines = new LineBuffer();
    private @Nullable FileChannel channel;

    PlainWriter(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    @Override
    public void write(Object value, long time) {
        if (lines.add(value)) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (!lines.isEmpty()) {
            Disk.on(file, "written", () -> {
                disk.write(channel(), lines.take());
                return file;
            });
        }
    }

    @Override
    public Optional<Object> prepare(long snapshot) {
        flush();
        var open = channel;
        if (open != null) {
            Disk.on(file, "forced to the disk", () -> {
                disk.force(open);
                return file;
            });
        }
        return Optional.empty();
    }

    private FileChannel channel() throws IOException {
        if (channel == null) {
            channel = disk.append(file);
        }
        return channel;
    }

    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open != null) {
            Disk.on(file, "closed", () -> {
                open.close();
                return file;
            });
        }
    }
}
