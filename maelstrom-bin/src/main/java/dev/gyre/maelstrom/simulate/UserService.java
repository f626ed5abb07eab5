package dev.gyre.maelstrom.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes a program of a class that somebody else wrote: one that implements {@link Service}, and is found by its name. */
public final class UserService {
    private final String name;
    private final List<String> arguments;

    private UserService(String name, List<String> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /**
     * The program of a class.
     *
     * @param name the class's name, in full
     * @param loader loads it
     * @param arguments what nodes are started with
     * @throws ClassNotFoundException when the loader knows no such class
     * @throws IllegalArgumentException when the class cannot be run; the message is a line that says why, and what to do
     */
    public static Program<?, ?> load(String name, ClassLoader loader, List<String> arguments)
            throws ClassNotFoundException {
        var service = new UserService(name, arguments);
        try {
            var program = service.program(Class.forName(name, false, loader));
            Class.forName(name, true, loader); // what fails when the class is initialised is to fail here
            return program;
        } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
            throw service.wrong("cannot be loaded: " + oneLine(e) + "; is all that it needs on --class-path, built with"
                    + " Java " + Runtime.version().feature() + " or older?");
        }
    }

    private static String oneLine(Throwable e) {
        var cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
        return cause instanceof GenericSignatureFormatError
                ? "its generic signature is damaged"
                : cause.toString().lines().findFirst().orElse("");
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("--service " + name + " " + problem);
    }

    private Program<?, ?> program(Class<?> type) {
        if (!Service.class.isAssignableFrom(type)) {
            throw wrong("is not a Service; let the class implement " + Service.class.getName());
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw wrong("is abstract; name a class that can be made");
        }
        var constructor = constructor(type);
        var payloads = PayloadArgument.of(type)
                .orElseThrow(
                        () -> wrong("does not say what its payloads are; let it implement Service<M, S> with a sealed"
                                + " interface of records for M"));
        var program = program(payloads, constructor);
        if (!payloads.getModule().isOpen(payloads.getPackageName(), ObjectMapper.class.getModule())) {
            throw closed(payloads);
        }
        return program;
    }

    private Constructor<?> constructor(Class<?> type) {
        var constructors = type.getConstructors();
        var usable = Arrays.stream(constructors)
                .filter(it -> Arrays.equals(it.getParameterTypes(), new Class<?>[] {NodeContext.class}))
                .findFirst()
                .or(() -> Arrays.stream(constructors)
                        .filter(it -> it.getParameterCount() == 0)
                        .findFirst())
                .orElseThrow(() -> wrong("has no usable constructor; give it a public one that takes a NodeContext, or"
                        + " a public one without parameters"));
        if (!usable.trySetAccessible()) {
            throw closed(type);
        }
        return usable;
    }

    private IllegalArgumentException closed(Class<?> type) {
        return wrong("needs package " + type.getPackageName() + " of module "
                + type.getModule().getName()
                + ", which is not open to reflection; declare an open module, or add \"opens "
                + type.getPackageName() + ";\" to its module-info");
    }

    private <M> Program<M, ?> program(Class<M> payloads, Constructor<?> constructor) {
        var program = new Program<M, Object>(payloads, factory(constructor), arguments);
        try {
            // Making a node looks at the payloads; it never runs.
            var identity = new SimulatedNode.Identity("n0", List.of("n0"), List.of());
            new SimulatedNode.Builder<>(
                            identity, payloads, program.factory(), new RandomStreams(0), (node, failure) -> {})
                    .on(new Timeline(), letter -> {});
        } catch (IllegalArgumentException e) {
            throw wrong("has payloads that cannot travel: " + e.getMessage());
        }
        return program;
    }

    @SuppressWarnings("unchecked") // the class implements Service, and M was read from its declaration
    private static <M> ServiceFactory<M, Object> factory(Constructor<?> constructor) {
        boolean takesContext = constructor.getParameterCount() == 1;
        return node -> (Service<M, Object>) make(constructor, takesContext ? Optional.of(node) : Optional.empty());
    }

    private static Object make(Constructor<?> constructor, Optional<NodeContext<?, ?>> node) {
        try {
            return constructor.newInstance(node.stream().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "the constructor of " + constructor.getDeclaringClass().getName() + " threw " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot make a " + constructor.getDeclaringClass().getName() + ": " + e, e);
        }
    }
}
