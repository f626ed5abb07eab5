package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a stored history says of an invocation or of an answer.
 *
 * @param function the operation's kind
 * @param value what was asked or answered
 * @param details fields that this workload has added
 */
public record Recorded(String function, JsonNode value, ObjectNode details) {
    /** The value as an integer. */
    long number() throws MalformedReply {
        return number(value);
    }

    /** An integer in the value. */
    long number(JsonNode part) throws MalformedReply {
        if (!ReplySchema.Kind.INTEGER.accepts(part)) {
            throw wrong("an integer of 64 bits");
        }
        return part.longValue();
    }

    /** The value as an array, of a size, or of any size when it is below 0. */
    JsonNode array(int size) throws MalformedReply {
        if (!value.isArray() || (size >= 0 && value.size() != size)) {
            throw wrong(size >= 0 ? "an array of " + size : "an array");
        }
        return value;
    }

    /** What to throw when this is not what it should be. */
    MalformedReply wrong(String expected) {
        return new MalformedReply("the value of " + function + " is " + value + "; expected " + expected);
    }

    /** What to throw when no operation is called so. */
    MalformedReply unknownFunction(String workload) {
        return new MalformedReply(workload + " has no operation \"" + function + "\"");
    }
}
