package dev.gyre.stream;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one class with a mistake in it, and sweeps seeds with that class in place of the right one; so the code itself has no hook for mistakes, and a
 * mutant whose code has moved on is noticed.
 */
public final class MutantHunt {
    private static final String PREFIX = "dev.gyre.stream.";

    private final Path workFolder;

    /** Compiles into new folders below one. */
    public MutantHunt(Path workFolder) {
        this.workFolder = workFolder;
    }

    /**
     * A mistake.
     *
     * @param name what goes wrong
     * @param file under {@code dev/gyre/stream}, without its ending
     * @param code stands there once
     * @param bug takes its place
     */
    public record Mutant(String name, String file, String code, String bug) {}

    /**
     * Hunts a mistake.
     *
     * @param sweep a class below {@code dev.gyre.stream}, whose static {@code firstFailure(int)} tries so many seeds, and says {@code "seed n: why"} of the first
     *     that fails; or nothing
     * @return what the sweep says
     */
    public String hunt(Mutant mutant, String sweep, int seeds) throws IOException, ReflectiveOperationException {
        var folder = Files.createTempDirectory(workFolder, "mutant");
        compile(mutant, folder);
        var urls = new URL[] {folder.toUri().toURL(), place(Job.class), place(MutantHunt.class)};
        try (var loader = new MutantLoader(urls)) {
            var found = loader.loadClass(PREFIX + sweep).getDeclaredMethod("firstFailure", int.class);
            found.setAccessible(true);
            return (String) found.invoke(null, seeds);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static void compile(Mutant mutant, Path folder) throws IOException {
        var inModule = Path.of("src/main/java");
        var sources = Files.isDirectory(inModule) ? inModule : Path.of("stream").resolve(inModule);
        var original = sources.resolve("dev/gyre/stream").resolve(mutant.file + ".java");
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

    /** Loads the dataflow and its tests anew, the mistaken class first. */
    private static final class MutantLoader extends URLClassLoader {
        MutantLoader(URL[] urls) {
            super(urls, MutantHunt.class.getClassLoader());
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

        @Override
        public @Nullable URL getResource(String name) {
            var own = findResource(name); // classes are copied from their bytes
            return own == null ? super.getResource(name) : own;
        }
    }
}
