package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation finds mistakes: each is compiled into one class, and that class takes the place of the right one. */
class ControlMutantsTest {
    private static final int SEEDS = 100;
    private static final String PACKAGE = "dev.gyre.stream.control.";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Job              ¦ if (operation.isPresent())                                     ¦ if (false)
            Job              ¦ return partitions.areAllFinished() &&                          ¦ return partitions.areAllFinished() ||
            Job              ¦ requests.restore(image.requests());                            ¦
            Generations      ¦ incarnation <= known.get().incarnation()                       ¦ incarnation < known.get().incarnation()
            Generations      ¦ job.broken(worker, "worker " + worker + " is lost")            ¦ Optional.<Decision>empty()
            Generations      ¦ job.broken(worker, "worker " + worker + " began life " + incarnation) ¦ Optional.<Decision>empty()
            Generations      ¦ start.generation() != job.generation + 1                       ¦ start.generation() < job.generation
            Generations      ¦ job.partitions.rewind(                                         ¦ List.copyOf(
            Generations      ¦ job.partitions.move(job.partitions.shares(job.workersNow()));  ¦
            Workers          ¦ if (!isAlive(worker))                                          ¦ if (!lives.containsKey(worker))
            Rescales         ¦ lastVersion = begin.version();                                 ¦ lastVersion = begin.version(); job.partitions.move(job.partitions.shares(List.copyOf(next)));
            Snapshots        ¦ snapshot.finished(),                                     ¦ job.partitions.finished(),
            Heard            ¦ containsAll(rescaling.participants())                          ¦ containsAll(rescaling.workers())
            Desk             ¦ case DONE -> Optional.of(new Answer.Done(                      ¦ case DONE -> Optional.of(new Answer.Failed(
            Placement        ¦ while (held.size() > even + (i < odd ? 1 : 0))                 ¦ while (held.size() > even + 2)
            Plan             ¦ > nanos(settings.snapshotTimeout())                            ¦ < 0
            Coordinator      ¦ isProposing = false;                                           ¦ isProposing = outcome == ControlInput.ProposalOutcome.UNKNOWN;
            Coordinator      ¦ && nowNanos - solicitedNanos                                   ¦ || nowNanos - solicitedNanos
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("Job", "if (operation.isPresent())", "if (operation.isPresent() /* as it is */)"))
                .isEmpty();
    }

    private String hunt(String file, String code, String bug) throws Exception {
        var inModule = Path.of("src/main/java/dev/gyre/stream/control");
        var sources = Files.isDirectory(inModule) ? inModule : Path.of("stream").resolve(inModule);
        var source = Files.readString(sources.resolve(file + ".java"));
        assertThat(source.split(Pattern.quote(code), -1))
                .as("places of %s", code)
                .hasSize(2);
        compile(file, source.replace(code, bug));
        var urls = new URL[] {folder.toUri().toURL(), place(ControlState.class), place(ControlSimulation.class)};
        try (var loader = new MutantLoader(urls)) {
            var sweep = loader.loadClass(PACKAGE + "ControlSimulation").getDeclaredMethod("firstFailure", int.class);
            sweep.setAccessible(true);
            return (String) sweep.invoke(null, SEEDS);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private void compile(String file, String source) throws IOException {
        var changed = folder.resolve(file + ".java");
        Files.writeString(changed, source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "-nowarn",
                    "-proc:none",
                    "-parameters",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(changed));
            assertThat(task.call()).as("compiles").isTrue();
        }
    }

    /** Loads the control plane and its simulation anew, the mistaken class first. */
    private static final class MutantLoader extends URLClassLoader {
        MutantLoader(URL[] urls) {
            super(urls, ControlMutantsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith(PACKAGE)) {
                    var loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
