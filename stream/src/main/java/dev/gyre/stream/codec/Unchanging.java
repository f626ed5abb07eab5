package dev.gyre.stream.codec;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Whether the objects of a class never change: primitives' boxes, texts, times, enums, and records of such. A state of such objects is kept as it was by copying references,
 * while of others nobody can tell without writing them down.
 */
public final class Unchanging {
    static final Set<Class<?>> KNOWN = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            Instant.class,
            Duration.class,
            LocalDate.class);

    private static final ClassValue<Boolean> ANSWERS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return judge(type, List.of());
        }
    };

    private Unchanging() {}

    /** Whether no object of exactly this class ever changes. */
    public static boolean is(Class<?> type) {
        return ANSWERS.get(type);
    }

    /** @param around the records of which the type is a part; one that is a part of itself is not gone into */
    private static boolean judge(Class<?> type, List<Class<?>> around) {
        return type.isPrimitive()
                || type.isEnum()
                || KNOWN.contains(type)
                || (type.isRecord() && !around.contains(type) && isOfSuch(type, around));
    }

    /** A component may hold an object of a subclass, so its class has to be final. */
    private static boolean isOfSuch(Class<?> type, List<Class<?>> around) {
        var here = new ArrayList<>(around);
        here.add(type);
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .allMatch(component ->
                        (Modifier.isFinal(component.getModifiers()) || component.isEnum()) && judge(component, here));
    }
}
