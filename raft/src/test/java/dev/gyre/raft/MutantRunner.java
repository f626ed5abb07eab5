package dev.gyre.raft;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Compiles one class with a bug in it, and sweeps seeds with that class in place of the right one; so the code itself has no hook for bugs, and a
 * mutant whose code has moved on is noticed.
 */
public final class MutantRunner {
    private static final Path PACKAGE = Path.of("dev/gyre/raft");

    private final Path workFolder;
    private final Path sources;
    private final String sweep;
    private final List<String> scenarios;

    /**
     * @param sweep a class of this package or one below it, whose static {@code firstFailure(int)} tries so many seeds, and says which the first is
     *     that fails, and why; or nothing
     * @param scenarios classes likewise, whose static {@code firstDifference()} names the first scenario that goes wrong: where no seed fails
     */
    public MutantRunner(Path workFolder, String sweep, String... scenarios) {
        this.workFolder = workFolder;
        this.sweep = sweep;
        this.scenarios = List.of(scenarios);
        var inModule = Path.of("src/main/java");
        this.sources = (Files.isDirectory(inModule) ? inModule : Path.of("raft").resolve(inModule)).resolve(PACKAGE);
    }

    /** What finds the bug, and what it says: a seed, or else a scenario; empty if none of {@code seeds} and scenarios does. */
    public String hunt(Mutant mutant, int seeds) throws IOException, ReflectiveOperationException {
        var folder = Files.createTempDirectory(workFolder, "mutant");
        compile(mutant, folder);
        var places = new URL[] {folder.toUri().toURL(), place(RaftService.class), place(MutantRunner.class)};
        try (var loader = new MutantLoader(places)) {
            var found = ask(loader, sweep, "firstFailure", seeds);
            for (var scenario : scenarios) {
                found = found.isEmpty() ? ask(loader, scenario, "firstDifference") : found;
            }
            return found;
        }
    }

    private static String ask(ClassLoader loader, String type, String method, Object... seeds)
            throws ReflectiveOperationException {
        Class<?>[] parameters = seeds.length == 0 ? new Class<?>[0] : new Class<?>[] {int.class};
        var found = loader.loadClass(MutantLoader.PREFIX + type).getDeclaredMethod(method, parameters);
        found.setAccessible(true);
        return (String) found.invoke(null, seeds);
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private void compile(Mutant mutant, Path folder) throws IOException {
        var original = sources.resolve(mutant.file() + ".java");
        var source = Files.readString(original);
        int found = source.split(Pattern.quote(mutant.code()), -1).length - 1;
        if (found != 1) {
            throw new AssertionError("mutant \"" + mutant.name() + "\": its code stands " + found + " times in "
                    + mutant.file() + "; write it anew");
        }
        var changed = folder.resolve(original.getFileName());
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

    /** Loads Raft and its tests anew, the mutant first. */
    private static final class MutantLoader extends URLClassLoader {
        private static final String PREFIX = "dev.gyre.raft.";

        MutantLoader(URL[] places) {
            super(places, MutantRunner.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith(PREFIX)) {
                    var loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
