package dev.gyre.stream.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Registered types, while more are added. A type brings along those that its values surely or possibly hold. */
final class Registry {
    private static final int MAX_NAME = 200;

    private final Map<Class<?>, Form> byClass;
    private final Map<String, Form> byName;

    Registry(Map<Class<?>, Form> byClass, Map<String, Form> byName) {
        this.byClass = new LinkedHashMap<>(byClass);
        this.byName = new TreeMap<>(byName);
    }

    Types types() {
        return new Types(byClass, byName);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(text);
    }

    /**
     * Adds a type and all that it brings along.
     *
     * @param name its name on the wire; by default the simple name of the class
     */
    void add(Class<?> type, @Nullable String name) {
        var known = byClass.get(type);
        if (known != null) {
            if (name != null && !known.name().equals(name)) {
                throw refused(type.getName() + " is registered as \"" + known.name() + "\" already, and would be \""
                        + name + "\" too: name it before what contains it");
            }
        } else if (type.isRecord()) {
            var form = new RecordForm(nameOf(type, name), type, byName.size());
            put(form);
            for (var component : form.components()) {
                follow(component.getGenericType(), component, type);
            }
        } else if (type.isEnum()) {
            put(new Form.Constants(nameOf(type, name), type, byName.size()));
        } else if (type.isSealed() && Modifier.isAbstract(type.getModifiers()) && name == null) {
            for (var permitted : type.getPermittedSubclasses()) {
                add(permitted, null);
            }
        } else {
            throw refused(type.getName() + " is no record, no enum and no sealed interface of these"
                    + (type.isSealed() ? " with one name" : "")
                    + ": give it a codec, before what contains it");
        }
    }

    void add(Class<?> type, @Nullable String name, Codec<Object> codec) {
        if (byClass.containsKey(type)) {
            throw refused(type.getName() + " is registered already");
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type.isPrimitive()) {
            throw refused(type.getName() + " has no values of just this class: register each class that has");
        }
        put(new Form.Coded(nameOf(type, name), type, byName.size(), codec));
    }

    private static String nameOf(Class<?> type, @Nullable String name) {
        var given = name == null ? type.getSimpleName() : name;
        if (given.isEmpty() || given.length() > MAX_NAME) {
            throw refused(type.getName() + " needs a name of 1 to " + MAX_NAME + " characters");
        }
        return given;
    }

    @SuppressWarnings(
            "GetClassOnEnum") // a constant with a body has a class of its own, which is what a value is asked for
    private void put(Form form) {
        var other = byName.putIfAbsent(form.name(), form);
        if (other != null) {
            throw refused(form.type().getName() + " and " + other.type().getName() + " would both be called \""
                    + form.name() + "\" in snapshots: give one of them another name");
        }
        byClass.put(form.type(), form);
        if (form instanceof Form.Constants constants) {
            for (var constant : constants.all()) {
                byClass.put(constant.getClass(), form);
            }
        }
    }

    /** Registers what values of a component may be, as far as its declaration says. */
    private void follow(Type declared, RecordComponent component, Class<?> owner) {
        switch (declared) {
            case Class<?> type -> followClass(type, component, owner);
            case ParameterizedType type -> {
                follow(type.getRawType(), component, owner);
                for (var argument : type.getActualTypeArguments()) {
                    follow(argument, component, owner);
                }
            }
            case WildcardType type -> {
                for (var bound : type.getUpperBounds()) {
                    follow(bound, component, owner);
                }
            }
            case GenericArrayType type -> throw unknown(type, component, owner);
            default -> {} // a variable: what its values are shows when they are written
        }
    }

    private void followClass(Class<?> type, RecordComponent component, Class<?> owner) {
        boolean isWritten = type.isPrimitive() || BuiltIns.has(type) || byClass.containsKey(type);
        if (isWritten) {
            return;
        }
        boolean isJdk = type.getClassLoader() == null;
        if (type.isRecord() || type.isEnum() || (type.isSealed() && !isJdk)) {
            add(type, null);
        } else if (type.isArray() || (!Modifier.isAbstract(type.getModifiers()) && type != Object.class)) {
            throw unknown(type, component, owner);
        }
    }

    private static IllegalArgumentException unknown(Type type, RecordComponent component, Class<?> owner) {
        return refused(
                owner.getName() + " has a component " + component.getName() + " of type " + type.getTypeName()
                        + ", which is not among the types of keys, values and states: use another, or register it with a codec first");
    }
}
