package dev.gyre.stream.exchange;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components of a record, in the order of their declaration. */
final class RecordParts {
    private static final ClassValue<MethodHandle[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> {
                        try {
                            var accessor = component.getAccessor();
                            accessor.setAccessible(true);
                            return MethodHandles.lookup()
                                    .unreflect(accessor)
                                    .asType(MethodType.methodType(Object.class, Object.class));
                        } catch (IllegalAccessException | RuntimeException e) {
                            throw new IllegalArgumentException(
                                    type.getName()
                                            + " cannot be looked into: its package must be open to dev.gyre.stream",
                                    e);
                        }
                    })
                    .toArray(MethodHandle[]::new);
        }
    };

    private RecordParts() {}

    static List<@Nullable Object> of(Record tuple) {
        var accessors = ACCESSORS.get(tuple.getClass());
        var parts = new ArrayList<@Nullable Object>(accessors.length);
        for (var accessor : accessors) {
            try {
                parts.add((Object) accessor.invokeExact((Object) tuple));
            } catch (Throwable e) {
                throw new IllegalArgumentException(tuple.getClass().getName() + " does not give its components", e);
            }
        }
        return parts;
    }
}
