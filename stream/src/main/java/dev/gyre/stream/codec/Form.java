package dev.gyre.stream.codec;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** A registered type. */
sealed interface Form permits RecordForm, Form.Constants, Form.Coded {
    /** Its name on the wire. */
    String name();

    /** The class itself; of an enum, the one that declares the constants. */
    Class<?> type();

    /** Its place among the registered types, from 0: of this process, never on the wire. */
    int id();

    /** An enum: constants are named on the wire, so they may be reordered and added to. */
    record Constants(String name, Class<?> type, int id) implements Form {
        Enum<?>[] all() {
            return (Enum<?>[]) type.getEnumConstants();
        }

        @Nullable Enum<?> find(String constant) {
            for (var each : all()) {
                if (each.name().equals(constant)) {
                    return each;
                }
            }
            return null;
        }
    }

    /** A class with a codec of the user's. */
    record Coded(String name, Class<?> type, int id, Codec<Object> codec) implements Form {}

    /** What the user's code threw, rather than what reflection made of it. */
    static Throwable cause(InvocationTargetException e) {
        var cause = e.getCause();
        return cause == null ? e : cause;
    }
}
