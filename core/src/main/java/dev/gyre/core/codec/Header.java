package dev.gyre.core.codec;

import java.util.OptionalLong;

/** All of a message that leaves, but its payload. */
record Header(String src, String dest, OptionalLong msgId, OptionalLong inReplyTo) {}
