package dev.gyre.core;

import java.util.OptionalLong;

/**
 * Where a reply has to go: all that must be kept of a message in order to answer it later.
 *
 * @param src who asked
 * @param msgId the asker's number for the request; a reply to a request without one carries no {@code in_reply_to}
 */
public record Request(String src, OptionalLong msgId) {}
