package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The closed shape of a reply: its type, and its fields; besides them there is {@code in_reply_to}, and there may be
 * {@code msg_id}. Anything more is wrong.
 */
final class ReplySchema {
    private final String type;
    private final SequencedMap<String, Kind> fields;

    private ReplySchema(String type, SequencedMap<String, Kind> fields) {
        this.type = type;
        this.fields = fields;
    }

    static ReplySchema of(String type) {
        return new ReplySchema(type, new TreeMap<>());
    }

    static ReplySchema of(String type, String field, Kind kind) {
        var fields = new TreeMap<String, Kind>();
        fields.put(field, kind);
        return new ReplySchema(type, fields);
    }

    /** What a field may hold. */
    enum Kind {
        ANYTHING("any value"),
        INTEGER("an integer of 64 bits"),
        INTEGERS("an array of integers of 64 bits"),
        PAIRS("an array of pairs of integers of 64 bits"),
        TRANSACTION("an array of operations [function, key, value]"),
        OFFSETS("an object with an offset, which is an integer of 64 bits, for each key"),
        MESSAGES("an object with an array of [offset, message] for each key, both integers of 64 bits");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        boolean accepts(JsonNode value) {
            return switch (this) {
                case ANYTHING -> true;
                case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
                case INTEGERS -> value.isArray() && all(value, INTEGER::accepts);
                case PAIRS -> value.isArray() && all(value, Kind::isPair);
                case TRANSACTION -> value.isArray() && all(value, Kind::isOperation);
                case OFFSETS -> value.isObject() && all(value, INTEGER::accepts);
                case MESSAGES -> value.isObject() && all(value, of -> of.isArray() && all(of, Kind::isPair));
            };
        }

        /** Of an object, all its values. */
        private static boolean all(JsonNode elements, Predicate<JsonNode> kind) {
            for (var element : elements) {
                if (!kind.test(element)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isOperation(JsonNode value) {
            return value.isArray() && value.size() == 3 && value.get(0).isTextual();
        }

        private static boolean isPair(JsonNode value) {
            return INTEGERS.accepts(value) && value.size() == 2;
        }
    }

    void check(ObjectNode reply) throws MalformedReply {
        if (!reply.path("type").asText().equals(type)) {
            throw wrong("its type is " + reply.path("type"));
        }
        for (var field : fields.sequencedEntrySet()) {
            JsonNode value = reply.get(field.getKey());
            if (value == null) {
                throw wrong("\"" + field.getKey() + "\" is missing");
            }
            if (!field.getValue().accepts(value)) {
                throw wrong("\"" + field.getKey() + "\" is not " + field.getValue().description);
            }
        }
        for (var field : reply.properties()) {
            String name = field.getKey();
            boolean known = fields.containsKey(name) || name.equals("type") || name.equals("in_reply_to");
            if (!known && !(name.equals("msg_id") && field.getValue().isIntegralNumber())) {
                throw wrong("\"" + name + "\" does not belong there");
            }
        }
    }

    private MalformedReply wrong(String problem) {
        return new MalformedReply(problem + "; expected " + this);
    }

    @Override
    public String toString() {
        var shape = new StringBuilder("{\"type\": \"" + type + "\", \"in_reply_to\": …");
        fields.forEach(
                (name, kind) -> shape.append(", \"").append(name).append("\": ").append(kind.description));
        return shape.append("}").toString();
    }
}
