package dev.gyre.stream.io;

import dev.gyre.core.StorageException;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads the lines of a file from an offset on, a block at a time. */
final class LineReader implements Source.Partition<String> {
    private static final int BLOCK = 64 << 10;

    private final Path file;
    private final FileChannel channel;
    private final Optional<Duration> following;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** Bytes of the file: those from {@code next} to {@code end} are not yet lines. */
    private byte[] bytes = new byte[BLOCK];

    private int next;
    /** Up to here there is no line break behind {@code next}. */
    private int searched;

    private int end;
    /** Where {@code next} is in the file. */
    private long offset;

    LineReader(Path file, long offset, Optional<Duration> following) {
        this.file = file;
        this.offset = offset;
        this.following = following;
        this.channel = Disk.on(file, "read", () -> FileChannel.open(file, StandardOpenOption.READ));
        try {
            checkSize(offset);
        } catch (StorageException e) {
            close();
            throw e;
        }
    }

    private void checkSize(long read) {
        long size = Disk.on(file, "read", channel::size);
        if (size < read) {
            throw new StorageException(
                    StorageException.Kind.CORRUPT,
                    file + " has been read up to offset " + read + ", and has " + size
                            + " bytes now: files may grow, but not be cut or replaced; put it back, or give the new one another name");
        }
    }

    @Override
    public Polled poll(Output<String> out, int max) {
        for (int lines = 0; lines < max; lines++) {
            int until = lineEnd();
            if (until < 0) {
                return atEnd(out);
            }
            emit(until, until + 1, out);
        }
        return Polled.MORE;
    }

    /** Where the line at {@code next} ends; -1 when the file ends before it does. */
    private int lineEnd() {
        while (true) {
            for (int i = searched; i < end; i++) {
                if (bytes[i] == '\n') {
                    return i;
                }
            }
            searched = end;
            if (!fill()) {
                return -1;
            }
        }
    }

    private boolean fill() {
        int open = end - next;
        if (open > TextFiles.MAX_LINE_BYTES) {
            throw new StorageException(
                    StorageException.Kind.CORRUPT,
                    file + " has a line of more than " + TextFiles.MAX_LINE_BYTES + " bytes at offset " + offset
                            + ": is it a text file?");
        }
        if (next > 0) {
            System.arraycopy(bytes, next, bytes, 0, open);
            next = 0;
            searched = open;
            end = open;
        }
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        var room = ByteBuffer.wrap(bytes, end, bytes.length - end);
        int read = Disk.on(file, "read", () -> channel.read(room, offset + open));
        if (read <= 0) {
            checkSize(offset + open);
            return false;
        }
        end += read;
        return true;
    }

    private Polled atEnd(Output<String> out) {
        if (following.isPresent()) {
            return Polled.later(following.get());
        }
        if (next < end) {
            emit(end, end, out);
        }
        return Polled.FINISHED;
    }

    private void emit(int until, int behind, Output<String> out) {
        int lineEnd = until > next && until < behind && bytes[until - 1] == '\r' ? until - 1 : until;
        var line = decode(lineEnd);
        offset += behind - next;
        next = behind;
        searched = behind;
        out.emit(line);
    }

    private String decode(int lineEnd) {
        var in = ByteBuffer.wrap(bytes, next, lineEnd - next);
        var chars = CharBuffer.allocate(lineEnd - next); // never more than bytes
        decoder.reset();
        var result = decoder.decode(in, chars, true);
        if (result.isError()) {
            throw new StorageException(
                    StorageException.Kind.CORRUPT,
                    file + " is not UTF-8 at offset " + (offset + in.position() - next)
                            + ": convert it, or leave it out");
        }
        decoder.flush(chars);
        return chars.flip().toString();
    }

    @Override
    public Object position() {
        return offset;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Disk.failure(file, "closed", e);
        }
    }
}
