package dev.gyre.core.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frame in a message of a node. Within one process it is passed on as it is; it becomes text, the frame's bytes in Base64, only when a host writes it,
 * and a frame again when its receiver, who knows the codec, asks for it.
 */
public final class LinkMessage {
    private final @Nullable LinkFrame<?> frame;
    private final @Nullable FrameCodec<?> codec;
    private final @Nullable String text;

    private LinkMessage(@Nullable LinkFrame<?> frame, @Nullable FrameCodec<?> codec, @Nullable String text) {
        this.frame = frame;
        this.codec = codec;
        this.text = text;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LinkMessage ofText(String text) {
        return new LinkMessage(null, null, text);
    }

    /** A frame that is passed on by reference as long as it can be. */
    public static <P> LinkMessage of(LinkFrame<P> frame, FrameCodec<P> codec) {
        return new LinkMessage(frame, codec, null);
    }

    // of() pairs the frame with the codec of its payloads.
    @SuppressWarnings("unchecked")
    @JsonValue
    String toText() {
        if (text != null) {
            return text;
        }
        if (frame == null || codec == null) {
            throw new IllegalStateException("neither a frame nor text");
        }
        var bytes = ((FrameCodec<Object>) codec).encode((LinkFrame<Object>) frame);
        return Base64.getEncoder()
                .encodeToString(Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.limit()));
    }

    /**
     * The frame.
     *
     * @throws MalformedFrame when it came as text, and that is none of a frame of this codec
     */
    // Whoever sends over a link has the type of that link.
    @SuppressWarnings("unchecked")
    public <P> LinkFrame<P> read(FrameCodec<P> itsCodec) throws MalformedFrame {
        if (frame != null) {
            return (LinkFrame<P>) frame;
        }
        try {
            return itsCodec.decode(ByteBuffer.wrap(Base64.getDecoder().decode(Objects.requireNonNull(text))));
        } catch (IllegalArgumentException e) {
            throw new MalformedFrame("a frame that is no Base64", e);
        }
    }
}
