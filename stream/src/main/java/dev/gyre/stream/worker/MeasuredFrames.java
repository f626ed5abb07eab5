package dev.gyre.stream.worker;

import dev.gyre.core.link.PayloadCodec;
import dev.gyre.core.link.Payloads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What links have to know of frames that leave the process: what they are as bytes, and how many. A frame is asked for its size just before it is written or just after it
 * was read, so the bytes of the last one are kept. For one thread.
 */
final class MeasuredFrames implements Payloads<Frame>, PayloadCodec<Frame> {
    private final PayloadCodec<Frame> codec;
    private @Nullable Frame last;
    private byte[] lastBytes = {};

    MeasuredFrames(PayloadCodec<Frame> codec) {
        this.codec = codec;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // frames are large, and only the very same one has the same bytes for sure
    public byte[] encode(Frame frame) {
        if (last != frame) {
            lastBytes = codec.encode(frame);
            last = frame;
        }
        return lastBytes;
    }

    @Override
    public Frame decode(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        var frame = codec.decode(ByteBuffer.wrap(copy));
        last = frame;
        lastBytes = copy;
        return frame;
    }

    @Override
    public int sizeBytes(Frame frame) {
        return encode(frame).length;
    }

    /** None: both ends have the same job. */
    @Override
    public String schema(Frame frame) {
        return "";
    }

    @Override
    public List<Frame> split(Frame frame, int maxBytes) {
        List<Frame> parts = new ArrayList<>();
        split(frame, maxBytes, parts);
        return parts;
    }

    private void split(Frame frame, int maxBytes, List<Frame> parts) {
        var halves = sizeBytes(frame) <= maxBytes ? List.of(frame) : Batches.halves(frame);
        if (halves.size() == 1) {
            parts.add(frame);
        } else {
            halves.forEach(half -> split(half, maxBytes, parts));
        }
    }
}
