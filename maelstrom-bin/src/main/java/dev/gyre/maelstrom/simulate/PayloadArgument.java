package dev.gyre.maelstrom.simulate;

import dev.gyre.core.Service;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what {@code M} is in the {@code Service<M, S>} that a class implements, by itself or through what it extends. */
final class PayloadArgument {
    private PayloadArgument() {}

    /** The class that stands for {@code M}; nothing when the declaration names none. */
    static Optional<Class<?>> of(Class<?> service) {
        return in(service, new LinkedHashMap<>())
                .map(argument -> argument instanceof ParameterizedType generic ? generic.getRawType() : argument)
                .filter(Class.class::isInstance)
                .map(type -> (Class<?>) type);
    }

    private static Optional<Type> in(Type type, Map<TypeVariable<?>, Type> bound) {
        var raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bound.put(variables[i], bound.getOrDefault(arguments[i], arguments[i]));
            }
        }
        if (raw == Service.class) {
            return Optional.ofNullable(bound.get(Service.class.getTypeParameters()[0]));
        }
        for (var parent : raw.getGenericInterfaces()) {
            var found = in(parent, bound);
            if (found.isPresent()) {
                return found;
            }
        }
        var parent = raw.getGenericSuperclass();
        return parent == null ? Optional.empty() : in(parent, bound);
    }
}
