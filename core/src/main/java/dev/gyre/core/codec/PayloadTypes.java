package dev.gyre.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of records that one protocol's messages can carry, by the names that they have on the wire. The set is
 * what the sealed interface permits and nothing else: what a message names is looked up here and never loaded.
 *
 * @param <M> the sealed interface
 */
public final class PayloadTypes<M> {
    private final Class<M> protocol;
    private final SequencedMap<String, PayloadType<? extends M>> byName = new LinkedHashMap<>();
    private final Map<Class<?>, PayloadType<? extends M>> byClass = new HashMap<>();

    private PayloadTypes(Class<M> protocol) {
        this.protocol = protocol;
    }

    /**
     * The payloads of a protocol.
     *
     * @param protocol a sealed interface whose implementations are records, or a single record
     * @throws IllegalArgumentException when it is neither, or when two of its records have the same name on the wire
     */
    public static <M> PayloadTypes<M> of(Class<M> protocol) {
        var types = new PayloadTypes<M>(protocol);
        types.add(protocol);
        return types;
    }

    private void add(Class<? extends M> type) {
        if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                add(permitted.asSubclass(protocol));
            }
            return;
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    type.getName() + " is neither a record nor a sealed interface of records:"
                            + " declare payloads as records, and what they share as a sealed interface");
        }
        var payloadType = new PayloadType<M>(nameOf(type), type);
        var other = byName.putIfAbsent(payloadType.name(), payloadType);
        if (other != null) {
            throw new IllegalArgumentException(
                    type.getName() + " and " + other.payloadClass().getName()
                            + " are both \"" + payloadType.name()
                            + "\" on the wire: rename one, or give it another name with @JsonTypeName");
        }
        byClass.put(type, payloadType);
    }

    /** The interface whose payloads these are. */
    public Class<M> protocol() {
        return protocol;
    }

    /** The type with a name, if it is one of these. */
    public @Nullable PayloadType<? extends M> named(String name) {
        return byName.get(name);
    }

    /** The types by their names, in the order of their declaration. */
    public SequencedMap<String, PayloadType<? extends M>> byName() {
        return Collections.unmodifiableSequencedMap(byName);
    }

    /**
     * The type of a payload.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public PayloadType<? extends M> of(Object payload) {
        var type = byClass.get(payload.getClass());
        if (type == null) {
            throw new IllegalArgumentException(
                    payload.getClass().getName() + " is no payload of " + protocol.getName());
        }
        return type;
    }

    /** Whether an object is a payload of this protocol. */
    public boolean includes(Object payload) {
        return byClass.containsKey(payload.getClass());
    }

    /**
     * The payload that an object, passed by reference, is in this protocol: itself when it belongs to the protocol, else {@link
     * #convert converted}.
     *
     * @param type the name of the payload's type
     */
    public M take(String type, Object payload) throws MalformedPayload {
        return includes(payload) ? protocol.cast(payload) : convert(type, payload);
    }

    /**
     * The payload that another protocol's record, or a JSON object, is in this protocol: what it would be had it come over a
     * wire.
     *
     * @param type the name of the payload's type
     */
    public M convert(String type, Object foreign) throws MalformedPayload {
        try {
            var json = Json.MAPPER.writeValueAsBytes(foreign);
            return read(type, json, 0, json.length);
        } catch (JsonProcessingException e) {
            throw new MalformedPayload("a \"" + type + "\" message cannot be written: " + e.getOriginalMessage());
        }
    }

    /** The payload that a part of some bytes is, as JSON. */
    public M read(String type, byte[] json, int from, int length) throws MalformedPayload {
        var own = named(type);
        if (own == null) {
            throw new MalformedPayload("\"" + type + "\" is none of " + byName.keySet());
        }
        return own.read(json, from, length);
    }

    private static String nameOf(Class<?> type) {
        var annotation = type.getAnnotation(JsonTypeName.class);
        return annotation != null && !annotation.value().isEmpty()
                ? annotation.value()
                : snakeCase(type.getSimpleName());
    }

    /** {@code EchoOk} is {@code echo_ok}, {@code HTTPCall} is {@code http_call}, {@code Phase2Done} is {@code phase2_done}. */
    static String snakeCase(String name) {
        var snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isWordStart = Character.isUpperCase(c)
                    && i > 0
                    && name.charAt(i - 1) != '_'
                    && (!Character.isUpperCase(name.charAt(i - 1))
                            || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
            if (isWordStart) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
