package dev.gyre.core.codec;

import java.util.OptionalLong;

/**
 * A line taken apart as far as routing needs: everything but the payload, whose place in the line is kept.
 *
 * @param lineNumber the number of the line in its stream, from 1
 * @param bodyFrom where the body's object begins in the bytes that were scanned
 * @param bodyLength how many bytes it has
 */
record Envelope(
        long lineNumber,
        String src,
        String dest,
        String type,
        OptionalLong msgId,
        OptionalLong inReplyTo,
        int bodyFrom,
        int bodyLength) {}
