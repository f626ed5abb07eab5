package dev.gyre.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Compiles one class of the service with a bug in it, and sweeps seeds with that class in place of the right one; so the service itself has no hook
 * for bugs, and a mutant whose code has moved on is noticed.
 */
final class ServiceMutantRunner {
    private static final String PACKAGE = "dev/gyre/raft/";

    private final Path sources;
    private final Path workFolder;
    private final List<URL> classes;

    ServiceMutantRunner(Path workFolder) {
        this.workFolder = workFolder;
        var inModule = Path.of("src/main/java");
        this.sources = (Files.isDirectory(inModule) ? inModule : Path.of("raft").resolve(inModule)).resolve(PACKAGE);
        this.classes = List.of(place(RaftService.class), place(ServiceMutantRunner.class));
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** The seed that finds the bug, and what it says; empty if none of {@code seeds} does. */
    String hunt(ServiceMutant mutant, int seeds) throws IOException, ReflectiveOperationException {
        var folder = Files.createDirectories(workFolder.resolve(mutant.name().replaceAll("[^a-z]", "-")));
        compile(mutant, folder);
        try (var loader = new MutantLoader(folder, classes)) {
            var sweep = loader.loadClass("dev.gyre.raft.ServiceRun").getDeclaredMethod("firstFailure", int.class);
            sweep.setAccessible(true);
            return (String) sweep.invoke(null, seeds);
        }
    }

    private void compile(ServiceMutant mutant, Path folder) throws IOException {
        var source = Files.readString(sources.resolve(mutant.file() + ".java"));
        int found = source.split(Pattern.quote(mutant.code()), -1).length - 1;
        if (found != 1) {
            throw new AssertionError("mutant \"" + mutant.name() + "\": its code stands " + found + " times in "
                    + mutant.file() + "; write it anew");
        }
        var changed = folder.resolve(Path.of(mutant.file()).getFileName() + ".java");
        Files.writeString(changed, source.replace(mutant.code(), mutant.bug()));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "-nowarn", "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(changed));
            if (!task.call()) {
                throw new AssertionError("mutant \"" + mutant.name() + "\" does not compile");
            }
        }
    }

    /** Loads the service and its simulation anew, the mutant first. */
    private static final class MutantLoader extends URLClassLoader {
        MutantLoader(Path folder, List<URL> classes) {
            super(urls(folder, classes), ServiceMutantRunner.class.getClassLoader());
        }

        private static URL[] urls(Path folder, List<URL> classes) {
            try {
                URI first = folder.toUri();
                return new URL[] {first.toURL(), classes.get(0), classes.get(1)};
            } catch (IOException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith(PACKAGE.replace('/', '.'))) {
                    var loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
