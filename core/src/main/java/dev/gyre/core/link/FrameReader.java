package dev.gyre.core.link;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one connection apart, and knows whom they are from: what a host with streams puts before {@link Links}. After the first thing that
 * cannot be, the connection is over: the host closes it, and says {@link Input.Cut} if it was its own. For one thread.
 *
 * @param <P> payloads
 */
public final class FrameReader<P> {
    private final FrameCodec<P> codec;
    private final boolean isAccepted;
    private Optional<String> peer;
    private @Nullable Connection opened;
    private @Nullable MalformedFrame failure;
    /** A part of a frame, from 0 to its position. It never has room for more than one frame. */
    private ByteBuffer part = ByteBuffer.allocate(FrameCodec.HEADER_BYTES);

    private FrameReader(FrameCodec<P> codec, boolean isAccepted, Optional<String> peer) {
        this.codec = codec;
        this.isAccepted = isAccepted;
        this.peer = peer;
    }

    /** Of a connection that a peer has made: {@code Hello} says which, and comes first. */
    public static <P> FrameReader<P> accepted(FrameCodec<P> codec) {
        return new FrameReader<>(codec, true, Optional.empty());
    }

    /** Of a connection that this node has made: only what comes back may come. */
    public static <P> FrameReader<P> dialled(FrameCodec<P> codec, String peer) {
        return new FrameReader<>(codec, false, Optional.of(peer));
    }

    /** Who is at the other end; not known before {@code Hello}. */
    public Optional<String> peer() {
        return peer;
    }

    /**
     * Takes bytes, as many as there are.
     *
     * @param frames gets each frame that is complete
     * @throws MalformedFrame when something cannot be; the frames before it were given out, and every later call throws it again
     */
    public void read(ByteBuffer bytes, Consumer<LinkFrame<P>> frames) throws MalformedFrame {
        if (failure != null) {
            throw failure;
        }
        try {
            while (bytes.hasRemaining()) {
                fill(bytes);
                if (part.hasRemaining()) {
                    return;
                }
                if (part.capacity() == FrameCodec.HEADER_BYTES) {
                    part = ByteBuffer.allocate(codec.totalBytes(part.getInt(0))).put(part.flip());
                    continue;
                }
                var frame = codec.decode(part.flip());
                part = ByteBuffer.allocate(FrameCodec.HEADER_BYTES);
                check(frame);
                frames.accept(frame);
            }
        } catch (MalformedFrame e) {
            failure = e;
            throw e;
        }
    }

    private void fill(ByteBuffer bytes) {
        int count = Math.min(part.remaining(), bytes.remaining());
        part.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
    }

    /**
     * Nothing more comes.
     *
     * @throws MalformedFrame when a frame was begun and not ended
     */
    public void end() throws MalformedFrame {
        if (part.position() > 0) {
            throw new MalformedFrame("the connection ended after " + part.position() + " bytes of a frame");
        }
    }

    private void check(LinkFrame<P> frame) throws MalformedFrame {
        if (frame.isToReceiver() != isAccepted) {
            throw new MalformedFrame(frame.getClass().getSimpleName() + " in the wrong direction");
        }
        if (!isAccepted) {
            return;
        }
        var first = opened;
        if (first == null) {
            if (!(frame instanceof LinkFrame.Hello<P> hello)) {
                throw new MalformedFrame("the first frame of a connection is Hello, not "
                        + frame.getClass().getSimpleName());
            }
            opened = hello.connection();
            peer = Optional.of(hello.from());
        } else if (frame instanceof LinkFrame.Hello) {
            throw new MalformedFrame("a second Hello");
        } else if (frame.connection().senderIncarnation() != first.senderIncarnation()
                || frame.connection().generation() != first.generation()) {
            throw new MalformedFrame("a frame of " + frame.connection() + " on " + first);
        }
    }
}
