package dev.gyre.core.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A record that is on the wire just what it looks like: its components are strings, integers, booleans, and any JSON that
 * is one of these, and nothing about it says otherwise to Jackson. Most messages are such records, and for them Jackson's parser and generator, made anew
 * for each message, cost more than the rest of the node: so they are read and written here directly.
 *
 * <p>This is a short cut and never a second opinion. Whatever is not perfectly ordinary, be it an escape, a letter beyond
 * ASCII, a number of many digits, a missing component or a syntax error, is left to Jackson, which then decides or complains.
 */
final class PlainRecord {
    /** How a component is written. */
    enum Kind {
        STRING,
        LONG,
        INT,
        OPTIONAL_LONG,
        BOOLEAN,
        /** Any JSON; the short cut takes strings and integers. */
        TREE
    }

    private final Constructor<?> constructor;
    private final Method[] accessors;
    private final byte[][] names;
    private final Kind[] kinds;

    private PlainRecord(Constructor<?> constructor, RecordComponent[] components, Kind[] kinds) {
        this.constructor = constructor;
        this.kinds = kinds;
        this.accessors = new Method[components.length];
        this.names = new byte[components.length][];
        constructor.setAccessible(true);
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
            names[i] = components[i].getName().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The short cut for a record, if it is plain and can be reached. */
    static Optional<PlainRecord> of(Class<?> type) {
        var components = type.getRecordComponents();
        var kinds = new Kind[components.length];
        for (int i = 0; i < components.length; i++) {
            var kind = kindOf(components[i].getType());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            kinds[i] = kind.get();
        }
        if (!isOrdinary(type)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PlainRecord(type.getDeclaredConstructors()[0], components, kinds));
        } catch (RuntimeException e) {
            return Optional.empty(); // its module is closed to us; Jackson says so if it is closed to Jackson too
        }
    }

    private static Optional<Kind> kindOf(Class<?> type) {
        if (type == String.class) {
            return Optional.of(Kind.STRING);
        }
        if (type == long.class || type == Long.class) {
            return Optional.of(Kind.LONG);
        }
        if (type == int.class || type == Integer.class) {
            return Optional.of(Kind.INT);
        }
        if (type == OptionalLong.class) {
            return Optional.of(Kind.OPTIONAL_LONG);
        }
        if (type == JsonNode.class) {
            return Optional.of(Kind.TREE);
        }
        return type == boolean.class || type == Boolean.class ? Optional.of(Kind.BOOLEAN) : Optional.empty();
    }

    /** Whether Jackson would see nothing but the components: no annotation of its own anywhere, no getter, one constructor. */
    private static boolean isOrdinary(Class<?> type) {
        var constructors = type.getDeclaredConstructors();
        if (constructors.length != 1) {
            return false;
        }
        Stream<AnnotatedElement> elements = Stream.of(
                        Stream.of(type),
                        Arrays.stream(type.getInterfaces()),
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getRecordComponents()),
                        Arrays.stream(constructors),
                        Arrays.stream(constructors[0].getParameters()))
                .flatMap(s -> s);
        return elements.flatMap(element -> Arrays.stream(element.getAnnotations()))
                        .noneMatch(PlainRecord::isForJackson)
                && Arrays.stream(type.getMethods()).noneMatch(PlainRecord::looksLikeGetter);
    }

    private static boolean isForJackson(Annotation annotation) {
        var type = annotation.annotationType();
        return type.getName().startsWith("com.fasterxml.jackson.")
                || Arrays.stream(type.getAnnotations())
                        .anyMatch(meta -> meta.annotationType().getName().startsWith("com.fasterxml.jackson."));
    }

    private static boolean looksLikeGetter(Method method) {
        return method.getParameterCount() == 0
                && method.getDeclaringClass() != Object.class
                && (method.getName().startsWith("get") || method.getName().startsWith("is"));
    }

    int size() {
        return names.length;
    }

    byte[] name(int component) {
        return names[component];
    }

    Kind kind(int component) {
        return kinds[component];
    }

    /** The value of a component. */
    Object value(Object payload, int component) throws ReflectiveOperationException {
        return accessors[component].invoke(payload);
    }

    /** The record with these values. */
    Object create(Object[] values) throws ReflectiveOperationException {
        return constructor.newInstance(values);
    }
}
