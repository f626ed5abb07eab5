package dev.gyre.stream.operator;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Copies of a class, each with a profile of its own.
 *
 * <p>A compiler inlines what a call site has called so far. All operators of a kind share the call sites of their class: with two maps in a job, the
 * call of the function in {@code Map.record} has two targets, and with three it is looked up at each record, and so is the call of the next operator. So each place
 * in a graph has a copy of the operator's class, made from the same bytes as a hidden class: every call in it has one target, and a chain of operators
 * is compiled to one loop, in which what they hand each other stays in registers. Copies are made once for a graph, not for each worker.
 */
public final class Specialised {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Class<?> original;
    private final Class<?> copy;

    private Specialised(Class<?> original, Class<?> copy) {
        this.original = original;
        this.copy = copy;
    }

    /**
     * A copy of a class of this package.
     *
     * @throws IllegalStateException when its bytes are not found
     */
    public static Specialised of(Class<?> original) {
        var file = original.getName().substring(original.getPackageName().length() + 1) + ".class";
        try (var bytes = original.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException(original.getName() + " is not where it was loaded from");
            }
            return new Specialised(
                    original,
                    LOOKUP.defineHiddenClass(bytes.readAllBytes(), true).lookupClass());
        } catch (IOException | IllegalAccessException e) {
            throw new IllegalStateException(original.getName() + " cannot be copied", e);
        }
    }

    /** An object of the copy, made by the one public constructor. */
    public Object create(Object... arguments) {
        try {
            return copy.getConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    original.getName() + " cannot be made of " + Arrays.toString(arguments), e);
        }
    }
}
