package dev.gyre.stream.exchange;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components of a record, in the order of their declaration. */
final class RecordParts {
    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .toArray(Method[]::new);
        }
    };

    private RecordParts() {}

    static List<@Nullable Object> of(Record tuple) {
        try {
            var accessors = ACCESSORS.get(tuple.getClass());
            var parts = new ArrayList<@Nullable Object>(accessors.length);
            for (var accessor : accessors) {
                parts.add(accessor.invoke(tuple));
            }
            return parts;
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            throw new IllegalArgumentException(
                    tuple.getClass().getName() + " cannot be looked into: its package must be open to dev.gyre.stream",
                    e);
        }
    }
}
