package dev.gyre.core.link;

/** What happens to links. */
public sealed interface Input<P> {
    /**
     * A frame has come.
     *
     * @param from who sent it: whom the host knows to have sent the message, or whom {@code Hello} named on this stream
     */
    record Received<P>(String from, LinkFrame<P> frame) implements Input<P> {}

    /**
     * The connection that this node has made to a peer is over, or could not be made.
     *
     * @param generation of the connection; those that are no longer in use are of no interest
     */
    record Cut<P>(String peer, long generation, String reason) implements Input<P> {}

    /** Time has gone on to {@link Links#nextDeadlineNanos}, or what was sent is to be put on its way. */
    record Tick<P>() implements Input<P> {}
}
