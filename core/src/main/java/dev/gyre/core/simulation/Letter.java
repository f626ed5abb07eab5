package dev.gyre.core.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.codec.Json;
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
    /**
     * A message whose body is JSON.
     *
     * @param body with {@code type}, and {@code msg_id} and {@code in_reply_to} where there are such
     */
    public static Letter ofBody(String src, String dest, ObjectNode body) {
        return new Letter(src, dest, body.path("type").asText(), id(body, "msg_id"), id(body, "in_reply_to"), body);
    }

    private static OptionalLong id(ObjectNode body, String field) {
        var value = body.path(field);
        return value.isIntegralNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    /** The body as it is on the wire: the payload's fields beside {@code type}, {@code msg_id} and {@code in_reply_to}. Not to be changed. */
    public ObjectNode toBody() {
        if (payload instanceof ObjectNode body) {
            return body;
        }
        var body = Json.MAPPER.createObjectNode().put("type", type);
        msgId.ifPresent(id -> body.put("msg_id", id));
        inReplyTo.ifPresent(id -> body.put("in_reply_to", id));
        return body.setAll((ObjectNode) Json.MAPPER.valueToTree(payload));
    }

    @Override
    public String toString() {
        return src + " -> " + dest + " " + type + (msgId.isPresent() ? " #" + msgId.getAsLong() : "")
                + (inReplyTo.isPresent() ? " re #" + inReplyTo.getAsLong() : "");
    }
}
