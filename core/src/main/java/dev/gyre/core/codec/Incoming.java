package dev.gyre.core.codec;

import java.util.OptionalLong;

/** A message as a host hands it in: addressed, but its payload not yet taken for any record. */
public interface Incoming {
    /** The sender. */
    String src();

    /** The receiver that the message names. */
    String dest();

    /** The name of the payload's type. */
    String type();

    /** The sender's number for the message. */
    OptionalLong msgId();

    /** The number of the request that the message answers. */
    OptionalLong inReplyTo();

    /** The error that the payload is, for a message of the type {@code error}. */
    ErrorBody error() throws MalformedPayload;

    /**
     * The payload as a record of a protocol.
     *
     * @throws MalformedPayload when it does not fit, or the protocol has no record of this type
     */
    <M> M payload(PayloadTypes<M> types) throws MalformedPayload;

    /** Where the message came in, for the log, such as {@code line 17}. */
    String where();
}
