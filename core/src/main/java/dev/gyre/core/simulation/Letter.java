package dev.gyre.core.simulation;

import java.util.OptionalLong;

/**
 * A message under way in a simulation. Its payload is passed by reference and must not change: records of values do not.
 *
 * @param src who sent it
 * @param dest whom it is for
 * @param type the payload's name on the wire
 * @param msgId the sender's number for it
 * @param inReplyTo the number of the request that it answers
 * @param payload a record of some protocol, or a JSON object
 */
public record Letter(String src, String dest, String type, OptionalLong msgId, OptionalLong inReplyTo, Object payload) {
    @Override
    public String toString() {
        return src + " -> " + dest + " " + type + (msgId.isPresent() ? " #" + msgId.getAsLong() : "")
                + (inReplyTo.isPresent() ? " re #" + inReplyTo.getAsLong() : "");
    }
}
