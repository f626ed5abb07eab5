package dev.gyre.core.link;

/** What an owner of links is told. */
public sealed interface LinkEvent {
    /** Whom it is about. */
    String peer();

    /** A connection to the peer stands. */
    record Up(String peer, long generation) implements LinkEvent {}

    /** A connection to the peer is over, or could not be made; another is tried after a while. */
    record Disconnected(String peer, String reason) implements LinkEvent {}

    /** The peer has not been reached for {@link LinkSettings#downAfterNanos}. */
    record Down(String peer, String reason) implements LinkEvent {}

    /**
     * The peer has begun a new life. What was sent to it, or came from it and was not taken yet, is gone, up to and with that epoch, none of which passes
     * any more.
     *
     * @param half which half of the link has noticed
     */
    record PeerRestarted(String peer, Half half, long incarnation, long lostEpoch) implements LinkEvent {}

    /** The halves of what a node has to do with a peer. */
    enum Half {
        /** What it sends. */
        SENDING,
        /** What it receives. */
        RECEIVING
    }

    /** What was refused for want of credit may be accepted now. */
    record CreditBack(String peer, String channel) implements LinkEvent {}

    /**
     * The peer has refused items as stale.
     *
     * @param refused how many so far in this session
     * @param fence what it accepts
     */
    record ItemsRefused(String peer, long refused, Stamp fence) implements LinkEvent {}

    /** A barrier has come behind items of its channel and epoch that were refused: it does not count, and its epoch must be given up. */
    record BarrierBroken(String peer, String channel, long epoch, long snapshot) implements LinkEvent {}

    /** Something is there to be taken, where nothing was. */
    record Arrived(String peer, String channel) implements LinkEvent {}

    /** A connection of the peer was refused. */
    record ConnectionRefused(String peer, String reason) implements LinkEvent {}

    /** All that was sent has arrived, and the link to this peer is shut. */
    record Closed(String peer) implements LinkEvent {}

    /** The peer has closed its link, and all that it has sent is here. */
    record PeerClosed(String peer) implements LinkEvent {}
}
