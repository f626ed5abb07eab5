package dev.gyre.stream.worker;

import dev.gyre.core.link.LinkSettings;
import dev.gyre.core.link.PayloadCodec;
import dev.gyre.core.link.Payloads;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.graph.Plan;
import java.nio.ByteBuffer;

/** How frames get from worker to worker: what the host promises decides. The same at all nodes of a job. */
public sealed interface Carriage {
    /** A frame a message, by reference: for a host that loses, repeats and reorders nothing, as long as its nodes live. */
    record Direct() implements Carriage {}

    /**
     * Over {@linkplain dev.gyre.core.link.Links links}: for a host that may do all of that.
     *
     * @param settings of the links
     * @param payloads what the links have to know of frames
     * @param codec makes bytes of frames, where they leave the process
     */
    record OverLinks(LinkSettings settings, Payloads<Frame> payloads, PayloadCodec<Frame> codec) implements Carriage {
        /** Over links between processes, as bytes. For one node: it is used on its thread. */
        public static OverLinks asBytes(LinkSettings settings, Plan plan, Types types) {
            var frames = new MeasuredFrames(new FrameBytes(plan, types));
            return new OverLinks(settings, frames, frames);
        }

        /** Over links between nodes of one process, which pass frames by reference. Sizes are estimated. */
        public static OverLinks byReference(LinkSettings settings) {
            return new OverLinks(settings, new EstimatedFrames(), new PayloadCodec<>() {
                @Override
                public byte[] encode(Frame frame) {
                    throw new UnsupportedOperationException("frames pass by reference here, and "
                            + frame.getClass().getSimpleName()
                            + " was to be written: give this job's links a codec of frames");
                }

                @Override
                public Frame decode(ByteBuffer bytes) {
                    throw new IllegalArgumentException(
                            bytes.remaining() + " bytes came where frames pass by reference");
                }
            });
        }
    }
}
