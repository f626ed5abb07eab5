package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.maelstrom.simulate.UserService;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that name a service of the user's own, to be run in this process. */
final class ServiceFlags {
    static final String CLASS_PATH = "--class-path";

    @Option(
            names = "--service",
            paramLabel = "CLASS",
            description =
                    "In the place of --bin: a class that implements dev.gyre.core.Service, with a public constructor"
                            + " that takes a NodeContext, or one without parameters.")
    private @Nullable String service;

    @Option(
            names = CLASS_PATH,
            paramLabel = "PATH",
            description =
                    "Where the class of --service and what it needs are: jars and folders of classes, separated as"
                            + " in java -cp. What the workbench itself has need not be there.")
    private List<String> classPath = new ArrayList<>();

    /** Whether a service is named. */
    boolean isGiven() {
        return service != null;
    }

    /** The class's name. */
    String name() {
        return String.valueOf(service);
    }

    /**
     * The service.
     *
     * @param arguments what nodes are started with
     * @throws UsageError when it cannot be run
     */
    Program<?, ?> program(List<String> arguments) {
        var places = places();
        var own = ServiceFlags.class.getClassLoader();
        // Open for as long as the process lives: nodes may load classes at any time.
        var loader = new URLClassLoader(places.stream().map(ServiceFlags::url).toArray(URL[]::new), own);
        try {
            return UserService.load(name(), loader, arguments);
        } catch (ClassNotFoundException e) {
            String where = places.isEmpty()
                    ? "the workbench's own class path alone"
                    : String.join(", ", places.stream().map(Path::toString).toList()) + " and the workbench's own";
            throw new UsageError("--service " + name() + ": there is no such class; looked in " + where
                    + ". Name it in full, such as com.example.MyNode, and where it is with " + CLASS_PATH);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** Without a service, nothing is to be loaded. */
    void rejectClassPathAlone() {
        if (!classPath.isEmpty()) {
            throw new UsageError(CLASS_PATH
                    + " goes with --service, which names the class to run; nodes of this project" + " need none");
        }
    }

    private List<Path> places() {
        var places = new ArrayList<Path>();
        for (var part : classPath) {
            for (var place : absolute(part)) {
                if (!Files.exists(place)) {
                    throw new UsageError(CLASS_PATH + " " + place
                            + ": there is no such jar or folder; check the path, and that it is built");
                }
                places.add(place);
            }
        }
        return places;
    }

    /** The places of a class path. */
    static List<Path> absolute(String paths) {
        var places = new ArrayList<Path>();
        for (var place : paths.split(File.pathSeparator, -1)) {
            if (!place.isEmpty()) {
                places.add(Path.of(place).toAbsolutePath().normalize());
            }
        }
        return places;
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UsageError(CLASS_PATH + " " + place + " cannot be read: " + e.getMessage());
        }
    }
}
