package dev.gyre.core.link;

import java.util.List;

/**
 * What to do, in this order: make {@code connects}, put {@code frames} on their way, end {@code disconnects}, look at {@code events}. A host without
 * connections only sends the frames.
 *
 * @param frames to be sent in order; frames to a peer whose connection is being made wait for it
 */
public record Output<P>(
        List<Connect> connects, List<Outgoing<P>> frames, List<Disconnect> disconnects, List<LinkEvent> events) {
    /** A connection to make. Does it fail, the host says {@link Input.Cut}. */
    public record Connect(String peer, String address, long generation) {}

    /** A frame to send: on this node's own connection to the peer if it {@link LinkFrame#isToReceiver}, else back on the peer's. */
    public record Outgoing<P>(String to, LinkFrame<P> frame) {}

    /**
     * A connection to end, once what was sent on it is out.
     *
     * @param isOwn whether this node has made it
     */
    public record Disconnect(String peer, boolean isOwn, long generation, String reason) {}
}
