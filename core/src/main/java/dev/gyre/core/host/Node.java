package dev.gyre.core.host;

import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.function.Supplier;

/** Runs a node as a process: what a {@code main} method calls. */
public final class Node {
    private Node() {}

    /**
     * Runs a node on standard input and output until its input ends, then ends the process: with exit code 0, or with one of
     * {@link StdioHost}'s others. Whatever prints to {@code System.out} in the meantime ends up on standard error, since
     * standard output belongs to the protocol alone.
     *
     * @param payloads the sealed interface of the service's payloads
     * @param factory makes the service
     * @param arguments what the process was started with
     */
    public static <M, S> void run(Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        System.setOut(System.err);
        int code = new StdioHost<>(payloads, factory, List.of(arguments))
                .run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        System.exit(code);
    }

    /** Runs a node whose service needs nothing of its context. */
    public static <M, S> void run(Class<M> payloads, Supplier<? extends Service<M, S>> factory, String... arguments) {
        run(payloads, (ServiceFactory<M, S>) node -> factory.get(), arguments);
    }
}
