package dev.gyre.stream.codec;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registered record: how its components are taken out of it, and how it is made of them. */
final class RecordForm implements Form {
    private final String name;
    private final Class<?> type;
    private final int id;
    private final RecordComponent[] components;
    private final List<String> names;
    private final Class<?>[] boxed;
    private final Method[] accessors;
    private final Constructor<?> constructor;

    RecordForm(String name, Class<?> type, int id) {
        this.name = name;
        this.type = type;
        this.id = id;
        this.components = type.getRecordComponents();
        this.names = Arrays.stream(components).map(RecordComponent::getName).toList();
        this.boxed = Arrays.stream(components)
                .map(component -> boxed(component.getType()))
                .toArray(Class<?>[]::new);
        this.accessors =
                Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
        }
        Arrays.stream(accessors).forEach(this::open);
        open(constructor);
    }

    private void open(AccessibleObject member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be looked into: open its package to dev.gyre.stream in module-info", e);
        }
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public int id() {
        return id;
    }

    /** The names of the components, in order. */
    List<String> names() {
        return names;
    }

    RecordComponent[] components() {
        return components;
    }

    /** The value of a component. */
    @Nullable Object value(Object tuple, int component) {
        try {
            return accessors[component].invoke(tuple);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(type.getName() + " was opened and is not open", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    type.getName() + " does not give its " + names.get(component) + ": " + Form.cause(e),
                    Form.cause(e));
        }
    }

    /** Whether a value may be that of a component; null may, except of a primitive one. */
    boolean fits(int component, @Nullable Object value) {
        return value == null ? !components[component].getType().isPrimitive() : boxed[component].isInstance(value);
    }

    /** What a component is declared to be, for people. */
    String declared(int component) {
        return components[component].getGenericType().getTypeName();
    }

    /**
     * The record of these values.
     *
     * @throws InvocationTargetException when its constructor refuses them
     */
    Object create(@Nullable Object[] values) throws InvocationTargetException {
        try {
            return constructor.newInstance(values);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type.getName() + " was opened and is not open", e);
        }
    }

    /**
     * Whether a record that was written with these components can be read: they are the first of those that there are now, and what follows
     * may be left out.
     */
    boolean canRead(List<String> written) {
        int count = written.size();
        return count <= names.size()
                && names.subList(0, count).equals(written)
                && Arrays.stream(components).skip(count).allMatch(RecordForm::mayBeLeftOut);
    }

    private static boolean mayBeLeftOut(RecordComponent component) {
        return component.getType() == Optional.class
                || Stream.of(
                                component.getAnnotations(),
                                component.getAnnotatedType().getAnnotations())
                        .flatMap(Stream::of)
                        .map(Annotation::annotationType)
                        // There are many of this name, and each means the same.
                        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    /** The value of a component that was not written. */
    @Nullable Object absent(int component) {
        return components[component].getType() == Optional.class ? Optional.empty() : null;
    }
}
