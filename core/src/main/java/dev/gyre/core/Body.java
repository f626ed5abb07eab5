package dev.gyre.core;

import java.util.OptionalLong;

/**
 * What a message carries. On the wire the payload's fields stand beside {@code type}, {@code msg_id} and
 * {@code in_reply_to} in one JSON object (Maelstrom, "Protocol").
 *
 * @param msgId the sender's number for this message; without one it cannot be answered
 * @param inReplyTo the {@code msgId} of the request that this message answers
 * @param payload the rest, as a record
 */
public record Body<M>(OptionalLong msgId, OptionalLong inReplyTo, M payload) {}
