package dev.gyre.core.link;

import java.util.List;
import java.util.Optional;

/**
 * What the two ends of a link say to each other. Every frame names its {@link Connection}.
 *
 * @param <P> payloads of the layer above
 */
public sealed interface LinkFrame<P> {
    /** The connection that this frame belongs to. */
    Connection connection();

    /** Whether this goes from the end that sends items to the one that receives them. */
    default boolean isToReceiver() {
        return switch (this) {
            case Hello<P> hello -> true;
            case Item<P> item -> true;
            case Ping<P> ping -> true;
            case Close<P> close -> true;
            case Welcome<P> welcome -> false;
            case Ack<P> ack -> false;
            case Closed<P> closed -> false;
            case Refused<P> refused -> false;
        };
    }

    /**
     * The first frame of a connection: who speaks, and with which sizes.
     *
     * @param protocol {@link Links#PROTOCOL}
     */
    record Hello<P>(Connection connection, int protocol, String from, String to, Sizes sizes) implements LinkFrame<P> {}

    /**
     * Sizes that a receiver must be able to hold.
     *
     * @param dataWindowBytes the credit of a channel for data before any was consumed
     * @param controlWindowBytes likewise for all else
     * @param maxItemBytes the largest item
     */
    record Sizes(int dataWindowBytes, int controlWindowBytes, int maxItemBytes) {}

    /**
     * The receiver's answer to {@link Hello}.
     *
     * @param next the number of the item that it expects next, at least 1
     */
    record Welcome<P>(Connection connection, long next) implements LinkFrame<P> {}

    /**
     * Something in a channel.
     *
     * @param sequence from 1 in each session, over all channels of the link
     * @param bytes what it costs in credit, its overhead included
     * @param schema of the channel, in its first data of a connection
     */
    record Item<P>(
            Connection connection,
            long sequence,
            String channel,
            Stamp stamp,
            int bytes,
            Optional<String> schema,
            Body<P> body)
            implements LinkFrame<P> {}

    /** What an {@link Item} holds. */
    sealed interface Body<P> {
        /** Records: on the channel's credit for data. */
        record Data<P>(P payload) implements Body<P> {}

        /** What must pass when data cannot: a marker, a state that is handed over. */
        record Control<P>(P payload) implements Body<P> {}

        /**
         * The end of what belongs to a snapshot, in this channel.
         *
         * @param dataBefore how many data items of this channel the session had before it
         */
        record Barrier<P>(long snapshot, long dataBefore) implements Body<P> {}
    }

    /**
     * What the receiver has, and how much more it takes.
     *
     * @param next all items before this one have arrived
     * @param gapEnd items from {@code next} to before this one are missing and wanted; 0 when none is asked for
     * @param fence items behind it are refused
     * @param refused how many items of this session were refused so far
     * @param credits of channels that have changed, or all
     */
    record Ack<P>(Connection connection, long next, long gapEnd, Stamp fence, long refused, List<Credit> credits)
            implements LinkFrame<P> {}

    /**
     * How much may be sent in a channel since the session began, so that the highest of several counts.
     *
     * @param dataBytes of data
     * @param controlBytes of all else
     */
    record Credit(String channel, long dataBytes, long controlBytes) {}

    /**
     * The sender is there.
     *
     * @param next the number that its next new item will have
     */
    record Ping<P>(Connection connection, long next) implements LinkFrame<P> {}

    /** Nothing follows the item with this number, until another connection. */
    record Close<P>(Connection connection, long last) implements LinkFrame<P> {}

    /** The answer to {@link Close}, once everything up to and with that item has arrived. */
    record Closed<P>(Connection connection, long last) implements LinkFrame<P> {}

    /** This connection is over, or never was. */
    record Refused<P>(Connection connection, String reason) implements LinkFrame<P> {}
}
