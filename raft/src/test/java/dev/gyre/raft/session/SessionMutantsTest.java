package dev.gyre.raft.session;

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

/** The sweep finds mistakes: each is compiled into one class, and that class takes the place of the right one. */
class SessionMutantsTest {
    private static final int SEEDS = 50;
    private static final String PACKAGE = "dev.gyre.raft.session.";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Sessions      | if (known != null)                                                      | if (known != null && request.acknowledged() > 0)
            Sessions      | return new SessionOutcome.Forgotten<>();                                | return new SessionOutcome.Full<>(session.acknowledged());
            Sessions      | request.sequence() <= session.acknowledged()                            | request.sequence() < session.acknowledged()
            Sessions      | session.acknowledge(request.acknowledged());                            |
            Sessions      | timeNanos = Math.max(timeNanos, newTimeNanos)                           | timeNanos = newTimeNanos
            Sessions      | use(request.session(), session);                                        |
            Sessions      | sessions.putLast(id, session);                                          | sessions.put(id, session);
            Sessions      | session.use(timeNanos);                                                 |
            Sessions      | use(session, found);                                                    |
            Sessions      | > settings.idleTimeoutNanos()                                           | >= settings.idleTimeoutNanos()
            Sessions      | sessions.size() > settings.maxSessions()                                | sessions.size() >= settings.maxSessions()
            Sessions      | new Session(timeNanos, 0)                                               | new Session(0, 0)
            Session       | if (upTo > acknowledged)                                                | if (upTo != acknowledged)
            Session       | headMap(upTo + 1)                                                       | headMap(upTo)
            Session       | seen.clear();                                                           |
            Session       | answerBytes -= answer.length                                            | answerBytes -= 0
            Session       | <= settings.window()                                                    | < settings.window()
            Session       | answerBytes < settings.maxAnswerBytes()                                 | answerBytes <= settings.maxAnswerBytes()
            SessionFormat | putLong(session.lastUsedNanos())                                        | putLong(stored.timeNanos)
            SessionFormat | putLong(session.acknowledged())                                         | putLong(0)
            SessionFormat | .putLong(stored.lastRegistered)                                         | .putLong(stored.timeNanos)
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    private String hunt(String file, String code, String bug) throws Exception {
        var inModule = Path.of("src/main/java/dev/gyre/raft/session");
        var sources = Files.isDirectory(inModule) ? inModule : Path.of("raft").resolve(inModule);
        var source = Files.readString(sources.resolve(file + ".java"));
        assertThat(source.split(Pattern.quote(code), -1))
                .as("places of %s", code)
                .hasSize(2);
        compile(file, source.replace(code, bug));
        var urls = new URL[] {folder.toUri().toURL(), place(Sessions.class), place(SessionSweep.class)};
        try (var loader = new MutantLoader(urls)) {
            var sweep = loader.loadClass(PACKAGE + "SessionSweep").getDeclaredMethod("firstFailure", int.class);
            sweep.setAccessible(true);
            return (String) sweep.invoke(null, SEEDS);
        }
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("Session", "seen.clear();", "seen.clear(); // as it is"))
                .isEmpty();
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
                    "-nowarn", "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(changed));
            assertThat(task.call()).as("compiles").isTrue();
        }
    }

    /** Loads sessions and their sweep anew, the mistaken class first. */
    private static final class MutantLoader extends URLClassLoader {
        MutantLoader(URL[] urls) {
            super(urls, SessionMutantsTest.class.getClassLoader());
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
