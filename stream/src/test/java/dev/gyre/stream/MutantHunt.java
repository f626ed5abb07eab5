package dev.gyre.stream;

import dev.gyre.core.NodeContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one class with a mistake in it, and sweeps seeds with that class in place of the right one; so the code itself has no hook for mistakes, and a
 * mutant whose code has moved on is noticed.
 */
public final class MutantHunt {
    private final Path workFolder;
    private final String prefix;
    private final Path sources;
    private final List<URL> places;

    /** Of the dataflow; compiles into new folders below one. */
    public MutantHunt(Path workFolder) {
        this(workFolder, "dev.gyre.stream.", module("stream"), List.of(place(Job.class), place(MutantHunt.class)));
    }

    private MutantHunt(Path workFolder, String prefix, Path module, List<URL> places) {
        this.workFolder = workFolder;
        this.prefix = prefix;
        this.sources = module.resolve("src/main/java").resolve(prefix.replace('.', '/'));
        this.places = places;
    }

    /** Of a package of core, whose tests have been compiled: they are not on this module's class path. */
    static MutantHunt ofCore(Path workFolder, String name) throws IOException {
        var module = module("core");
        var tests = module.resolve("target/test-classes");
        if (!Files.isDirectory(tests)) {
            throw new AssertionError(
                    "the tests of core are not compiled, in " + tests.toAbsolutePath() + ": build it too, with -am");
        }
        var places = List.of(place(NodeContext.class), tests.toUri().toURL());
        return new MutantHunt(workFolder, "dev.gyre.core." + name + ".", module, places);
    }

    private static Path module(String name) {
        var inRoot = Path.of(name);
        return Files.isDirectory(inRoot) ? inRoot : Path.of("..").resolve(name);
    }

    /**
     * A mistake.
     *
     * @param name what goes wrong
     * @param file below the package, without its ending
     * @param code stands there once
     * @param bug takes its place
     */
    public record Mutant(String name, String file, String code, String bug) {}

    /**
     * Hunts a mistake.
     *
     * @param sweep a class below the package, whose static {@code firstFailure(int)} tries so many seeds, and says {@code "seed n: why"} of the first
     *     that fails; or nothing
     * @return what the sweep says
     */
    public String hunt(Mutant mutant, String sweep, int seeds) throws IOException, ReflectiveOperationException {
        var folder = Files.createTempDirectory(workFolder, "mutant");
        compile(mutant, folder);
        List<URL> urls = new ArrayList<>(places);
        urls.add(0, folder.toUri().toURL());
        try (var loader = new MutantLoader(prefix, urls.toArray(URL[]::new))) {
            var found = loader.loadClass(prefix + sweep).getDeclaredMethod("firstFailure", int.class);
            found.setAccessible(true);
            return (String) found.invoke(null, seeds);
        }
    }

    /** Makes a mistake, and does not hunt it: its code stands where it is said to, and the other compiles. */
    public void make(Mutant mutant) throws IOException {
        compile(mutant, Files.createTempDirectory(workFolder, "mutant"));
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private void compile(Mutant mutant, Path folder) throws IOException {
        var original = sources.resolve(mutant.file + ".java");
        var source = Files.readString(original);
        int found = source.split(Pattern.quote(mutant.code), -1).length - 1;
        if (found != 1) {
            throw new AssertionError("mutant \"" + mutant.name + "\": its code stands " + found + " times in "
                    + mutant.file + "; write it anew");
        }
        var changed = folder.resolve(original.getFileName());
        Files.writeString(changed, source.replace(mutant.code, mutant.bug));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var classPath = System.getProperty("java.class.path");
        var options = List.of("-nowarn", "-proc:none", "-parameters", "-d", folder.toString(), "-cp", classPath);
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(changed));
            if (!task.call()) {
                throw new AssertionError("mutant \"" + mutant.name + "\" does not compile");
            }
        }
    }

    /** Loads a package and its tests anew, the mistaken class first. */
    private static final class MutantLoader extends URLClassLoader {
        private final String prefix;

        MutantLoader(String prefix, URL[] urls) {
            super(urls, MutantHunt.class.getClassLoader());
            this.prefix = prefix;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith(prefix)) {
                    var loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }

        @Override
        public @Nullable URL getResource(String name) {
            var own = findResource(name); // classes are copied from their bytes
            return own == null ? super.getResource(name) : own;
        }
    }
}
