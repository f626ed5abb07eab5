package dev.gyre.core.link;

/**
 * How things stand with a peer.
 *
 * @param sending of the link to it
 * @param peerIncarnation its life as the sending half knows it; 0 when it has never answered
 * @param generation of the latest connection to it; 0 when there was none
 * @param retainedBytes of what was sent and is not acknowledged
 * @param isHeard whether it has said something, as a sender, within {@link LinkSettings#silenceNanos}
 * @param queuedBytes of what came from it and is not consumed, or came early
 */
public record PeerState(
        Sending sending, long peerIncarnation, long generation, long retainedBytes, boolean isHeard, long queuedBytes) {
    /** States of the link to a peer. */
    public enum Sending {
        /** Nothing was sent yet, or it was closed. */
        IDLE,
        /** {@code Hello} is said and not answered. */
        CONNECTING,
        /** The connection stands. */
        UP,
        /** Until the next try. */
        WAITING,
        /** As waiting or connecting, but for so long that nothing more is accepted. */
        DOWN
    }
}
