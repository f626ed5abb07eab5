package dev.gyre.stream.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which classes are known without being registered. A collection comes back as an {@link ArrayList}, a {@link LinkedHashMap}, a {@link
 * LinkedHashSet}, a {@link TreeMap} or a {@link TreeSet}; so a class is known if one of these can stand for it: their superclasses, and those of
 * the JDK that have no public name, as {@code List.of} gives. Any other would be found to be of another class when a job recovers, which is
 * the worst time to find out.
 */
final class BuiltIns {
    /** Beside those that are {@link Unchanging}. */
    private static final Set<Class<?>> VALUES = Set.of(byte[].class, long[].class, Optional.class);

    private static final Set<Class<?>> COLLECTIONS = Set.of(
            ArrayList.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class);

    private BuiltIns() {}

    /** Whether values of exactly this class can be written. */
    static boolean has(Class<?> type) {
        return Unchanging.KNOWN.contains(type)
                || VALUES.contains(type)
                || COLLECTIONS.contains(type)
                || isOfTheJdk(type);
    }

    private static boolean isOfTheJdk(Class<?> type) {
        if (!type.getPackageName().startsWith("java.util") || EnumSet.class.isAssignableFrom(type)) {
            return false;
        }
        boolean isCollection = isAny(type, List.class, Map.class, Set.class);
        return Map.Entry.class.isAssignableFrom(type) || (isCollection && isInterfaceOrHidden(type));
    }

    private static boolean isInterfaceOrHidden(Class<?> type) {
        return type.isInterface() || !Modifier.isPublic(type.getModifiers());
    }

    private static boolean isAny(Class<?> type, Class<?>... supertypes) {
        for (var supertype : supertypes) {
            if (supertype.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }
}
