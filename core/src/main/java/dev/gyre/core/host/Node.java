package dev.gyre.core.host;

import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node as a process: what a {@code main} method calls. */
public final class Node {
    /** The argument that names the folder for nodes' files. */
    public static final String DATA_DIR = "--data-dir";

    /** The environment variable that names the folder for nodes' files when the argument does not: the workbench sets it. */
    public static final String DATA_VARIABLE = "GYRE_DATA_DIR";

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private Node() {}

    /**
     * Runs a node on standard input and output until its input ends, then ends the process: with exit code 0, or with one of
     * {@link StdioHost}'s others. Whatever prints to {@code System.out} in the meantime ends up on standard error, since
     * standard output belongs to the protocol alone.
     *
     * <p>The argument {@value #DATA_DIR} and the folder after it are for the host: there, in a folder of its own, the node keeps
     * its {@linkplain dev.gyre.core.NodeContext#storage files}. Without them {@value #DATA_VARIABLE} may name the folder. The service sees the arguments without them.
     *
     * @param payloads the sealed interface of the service's payloads
     * @param factory makes the service
     * @param arguments what the process was started with
     */
    public static <M, S> void run(Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        System.setOut(System.err);
        int code = host(payloads, factory, arguments)
                .run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        System.exit(code);
    }

    private static <M, S> StdioHost<M, S> host(Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        int at = words.indexOf(DATA_DIR);
        if (at < 0) {
            var host = new StdioHost<>(payloads, factory, words);
            var folder = System.getenv(DATA_VARIABLE);
            return folder == null ? host : host.dataIn(Path.of(folder));
        }
        if (at + 1 == words.size()) {
            log.error("{} needs a folder after it, where the node may keep its files", DATA_DIR);
            System.exit(StdioHost.EXIT_FAILED);
        }
        words.remove(at);
        var folder = Path.of(words.remove(at));
        return new StdioHost<>(payloads, factory, words).dataIn(folder);
    }

    /** Runs a node whose service needs nothing of its context. */
    public static <M, S> void run(Class<M> payloads, Supplier<? extends Service<M, S>> factory, String... arguments) {
        run(payloads, (ServiceFactory<M, S>) node -> factory.get(), arguments);
    }
}
