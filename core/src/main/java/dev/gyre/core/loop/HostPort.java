package dev.gyre.core.loop;

import dev.gyre.core.Storage;
import dev.gyre.core.codec.PayloadTypes;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** What a host supplies to a {@link NodeLoop}. Called on the node's thread. */
public interface HostPort {
    /** The time since some fixed moment, in nanoseconds; never goes backwards. */
    long nowNanos();

    /** The node's random numbers. */
    RandomGenerator random();

    /**
     * The number of the first request that the node sends, at least 1. A node that starts again does not use the numbers of its
     * earlier life: a late reply to one of those must not pass for the reply to a new request.
     */
    default long firstMessageId() {
        return 1;
    }

    /**
     * Sends a message. Never blocks for the receiver's sake.
     *
     * @param types the protocol that the payload belongs to
     * @throws IllegalArgumentException when the payload is not of that protocol or cannot be written
     */
    <M> void send(String dest, OptionalLong msgId, OptionalLong inReplyTo, M payload, PayloadTypes<M> types);

    /**
     * The node's files. What a sync sets off is to be run by {@link NodeLoop#perform}, or at once.
     *
     * @throws dev.gyre.core.StorageException when there is no disk, or it cannot be used
     */
    Storage storage();

    /** Is told of an exception from a step that is no answer: a defect of the service, which has been logged. */
    default void failed(Throwable failure) {}
}
