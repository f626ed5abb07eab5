package dev.gyre.stream.operator;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * Whether the objects of a class never change: primitives' boxes, texts, times, enums, and records of such. A state of such objects is kept as it was by copying references,
 * while of others nobody can tell without writing them down.
 */
final class Unchanging {
    private static final Set<Class<?>> KNOWN = Set.of(
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
            return type.isPrimitive() || type.isEnum() || KNOWN.contains(type) || isRecordOfSuch(type);
        }
    };

    private Unchanging() {}

    /** Whether no object of exactly this class ever changes. */
    static boolean is(Class<?> type) {
        return ANSWERS.get(type);
    }

    /** A component may hold an object of a subclass, so its class has to be final; one of the record's own type is left aside, as its answer is not known yet. */
    private static boolean isRecordOfSuch(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .allMatch(component -> (Modifier.isFinal(component.getModifiers()) || component.isEnum())
                                && component != type
                                && is(component));
    }
}
