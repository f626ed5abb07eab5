package dev.gyre.core.link;

import java.util.List;

/** What became of something that was to be sent; told at once. */
public sealed interface Sent {
    /** It will arrive once and in order, or {@link LinkEvent.PeerRestarted} tells of its loss. */
    record Accepted() implements Sent {}

    /**
     * More than a channel's window: its first parts were accepted, these were not.
     *
     * @param rest payloads to be sent, in order, when there is credit again
     */
    record Partly(List<?> rest) implements Sent {}

    /** Its channel or this link has no room for it: {@link LinkEvent.CreditBack} tells when to try again. Nothing was sent. */
    record NoCredit() implements Sent {}

    /** The peer has not answered for {@link LinkSettings#downAfterNanos}; the link goes on trying. Nothing was sent. */
    record PeerDown(String reason) implements Sent {}

    /** Nobody knows where this peer is. Nothing was sent. */
    record NotFound(String peer) implements Sent {}

    /** The receiver has a later fence than this stamp. Nothing was sent. */
    record Stale(Stamp fence) implements Sent {}

    /** The peer has begun a new life since, and has lost what it had of this epoch. Nothing was sent. */
    record EpochLost(long epoch) implements Sent {}

    /** It cannot be sent, ever: the reason says why. Nothing was sent. */
    record Unfit(String reason) implements Sent {}

    /** The link is being closed. Nothing was sent. */
    record Closing() implements Sent {}

    /** Whether all of it was accepted. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }
}
