package dev.gyre.maelstrom.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.host.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that start nodes and the workbench, with a JDK and a Maven that only write down what they are asked. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
    private static final Path SOURCES = Path.of("").toAbsolutePath();
    private static final List<String> SCRIPTS = List.of(
            "maelstrom",
            "echo",
            "unique-ids",
            "broadcast",
            "g-set",
            "g-counter",
            "pn-counter",
            "kafka",
            "kafka-raft",
            "txn-rw-register",
            "txn-list-append",
            "lin-kv",
            "lin-kv-proxy",
            "lock",
            "lock-raft",
            "totals-raft",
            "stream-count",
            "word-count-node",
            "word-count",
            "sessions",
            "rescaling");

    @TempDir
    private Path folder = Path.of("");

    private Path bin = Path.of("");
    private Path log = Path.of("");

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        bin = Files.createDirectories(folder.resolve("a folder/maelstrom-bin"));
        log = folder.resolve("log");
        for (var script : SCRIPTS) {
            Files.copy(SOURCES.resolve(script), bin.resolve(script));
        }
        Files.copy(SOURCES.resolve("launch.sh"), bin.resolve("launch.sh"));
        jars();
        jdk("jdk25", "25.0.1", "touch \"${1#-XX:AOTCacheOutput=}\"; echo cached >\"${1#-XX:AOTCacheOutput=}\"");
    }

    private void jars() throws IOException {
        Files.createDirectories(bin.resolve("target/lib"));
        for (var jar : List.of(
                "target/gyre-maelstrom-1.jar", "target/lib/gyre-core-1.jar", "target/lib/b.jar", "target/lib/a.jar")) {
            Files.writeString(bin.resolve(jar), "");
        }
    }

    /** A JDK whose java writes down its arguments, and does something when it is to record a cache. */
    private Path jdk(String name, String version, String onRecording) throws IOException {
        var home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        script(home.resolve("bin/java"), """
                #!/bin/sh
                for a in "$@"; do
                    case $a in
                        -XX:AOTCacheOutput=*|-XX:ArchiveClassesAtExit=*)
                            echo "recording, data in ${GYRE_DATA_DIR-none}: $0 $*" >>"%1$s"; cat >>"%1$s"; set -- "$a"; %2$s; exit 0 ;;
                    esac
                done
                echo "started, data in ${GYRE_DATA_DIR-none}: $0 $*" >>"%1$s"
                for a in "$@"; do last=$a; done
                echo "last argument: $last"
                exit 7
                """.formatted(log, onRecording));
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** No class caches: what makes them would outlive most tests. */
    private Map<String, String> withJdk25() {
        return Map.of("GYRE_JAVA", java25(), "GYRE_NO_CACHE", "1");
    }

    private Map<String, String> withCaches() {
        return Map.of("GYRE_JAVA", java25());
    }

    private String java25() {
        return folder.resolve("jdk25/bin/java").toString();
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("GYRE_JAVA");
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        var out = folder.resolve("out" + System.identityHashCode(builder));
        var err = folder.resolve("err" + System.identityHashCode(builder));
        var process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(30, SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end");
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Sources launch.sh and runs a line of shell. */
    private Ended shell(Map<String, String> environment, String line) throws Exception {
        return run(environment, "sh", "-c", "gyre_home='" + bin + "'; . \"$gyre_home/launch.sh\"; " + line);
    }

    private String script(String name) {
        return bin.resolve(name).toString();
    }

    /** Waits until a program's cache is there, and its lock is not. */
    private void awaitCache(String name) {
        await().atMost(20, SECONDS).until(() -> {
            try (var files = Files.list(bin.resolve("target/launch"))) {
                var names = files.map(file -> file.getFileName().toString())
                        .filter(file -> file.startsWith(name + "-"))
                        .toList();
                return names.size() == 1 && names.getFirst().endsWith(".aot");
            }
        });
    }

    private long recordings() throws IOException {
        return logged().stream().filter(it -> it.startsWith("recording")).count();
    }

    private List<String> logged() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @ParameterizedTest
    @ValueSource(strings = {"maelstrom", "echo", "unique-ids", "broadcast", "g-set", "g-counter", "pn-counter"})
    void eachScriptBecomesJavaWithItsArgumentsAndExitCode(String name) throws Exception {
        var ended = run(withJdk25(), script(name), "--flag", "two words");

        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.out()).isEqualTo("last argument: two words\n");
        String started = logged().stream()
                .filter(it -> it.startsWith("started"))
                .findFirst()
                .orElseThrow();
        String lib = bin + "/target/lib/";
        assertThat(started)
                .contains("-cp " + bin + "/target/gyre-maelstrom-1.jar:" + lib + "a.jar:" + lib + "b.jar:" + lib
                        + "gyre-core-1.jar ")
                .contains(name.equals("maelstrom") ? " dev.gyre.maelstrom.cli.Maelstrom " : " dev.gyre.examples.");
    }

    @Test
    void nodesNeverLetTheJvmWriteToStdout() throws Exception {
        run(withCaches(), script("echo"));

        awaitCache("echo");
        assertThat(logged())
                .filteredOn(it -> it.startsWith("started") || it.startsWith("recording"))
                .hasSize(2)
                .allMatch(it -> it.contains("-XX:+DisplayVMOutputToStderr -Xlog:disable"));
    }

    @Test
    void aLinkToAScriptFindsItsHome() throws Exception {
        Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("links/first"), bin.resolve("echo"));
        Files.createSymbolicLink(folder.resolve("links/second"), Path.of("first"));

        assertThat(run(withJdk25(), folder.resolve("links/second").toString(), "x")
                        .out())
                .isEqualTo("last argument: x\n");
    }

    @Test
    void theFirstStartDoesNotWaitForTheCacheAndTheNextUsesIt() throws Exception {
        run(withCaches(), script("broadcast"));
        awaitCache("broadcast");
        assertThat(logged())
                .anyMatch(it -> it.startsWith("recording") && it.endsWith("dev.gyre.examples.broadcast.BroadcastNode"))
                .anyMatch(it -> it.contains("\"type\":\"init\""))
                .anyMatch(it -> it.contains("\"type\":\"broadcast\",\"message\":1"))
                .anyMatch(it -> it.startsWith("started") && !it.contains("AOTCache"));
        int lines = logged().size();

        run(withCaches(), script("broadcast"));
        assertThat(logged()).hasSize(lines + 1);
        assertThat(logged().getLast())
                .startsWith("started")
                .contains("-XX:AOTCache=" + bin + "/target/launch/broadcast-25-");
    }

    /** A trial run is a node n0, and so may the node be that starts: it would find its folder in use, or a log that is not its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTrialRunHasNoFolderOfNodes(boolean isBuilt) throws Exception {
        var environment = new TreeMap<>(withCaches());
        environment.put(Node.DATA_VARIABLE, "/the folder of nodes");
        if (!isBuilt) {
            delete(bin.resolve("target"));
            environment.putAll(withMaven("mkdir -p maelstrom-bin/target/lib; touch maelstrom-bin/target/lib/a.jar"
                    + " maelstrom-bin/target/gyre-maelstrom-1.jar"));
        }
        int trials = isBuilt ? 1 : SCRIPTS.size();

        run(environment, script("lin-kv"));

        await().until(() -> recordings() == trials);
        assertThat(logged())
                .filteredOn(it -> it.startsWith("recording"))
                .hasSize(trials)
                .allMatch(it -> it.startsWith("recording, data in none: "));
        assertThat(logged())
                .filteredOn(it -> it.startsWith("started"))
                .hasSize(1)
                .allMatch(it -> it.startsWith("started, data in /the folder of nodes: "));
    }

    @Test
    void theWorkbenchRehearses() throws Exception {
        run(withCaches(), script("maelstrom"));
        awaitCache("maelstrom");

        assertThat(logged())
                .anyMatch(it -> it.startsWith("recording") && it.endsWith("dev.gyre.maelstrom.cli.Rehearsal"));
    }

    @Test
    void aNewJarMakesANewCache() throws Exception {
        run(withCaches(), script("echo"));
        awaitCache("echo");
        Files.setLastModifiedTime(
                bin.resolve("target/lib/gyre-core-1.jar"), FileTime.fromMillis(System.currentTimeMillis() + 5_000));

        run(withCaches(), script("echo"));

        await().atMost(20, SECONDS).until(() -> recordings() == 2);
        awaitCache("echo");
    }

    @Test
    void withoutALuckyRecordingItStartsAllTheSameAndDoesNotTryAgain() throws Exception {
        var java = jdk("broken", "25", "echo oops").resolve("bin/java").toString();

        for (int i = 0; i < 2; i++) {
            var ended = run(Map.of("GYRE_JAVA", java), script("echo"), "x");
            assertThat(ended.out()).isEqualTo("last argument: x\n");
            assertThat(ended.err()).isEmpty();
            awaitCache("echo");
        }
        assertThat(recordings()).isEqualTo(1);
        assertThat(logged().getLast()).startsWith("started").doesNotContain("AOTCache");
    }

    @Test
    void anOlderJdkGetsAnArchiveOfClasses() throws Exception {
        var java = jdk("jdk21", "21.0.2", "echo x >\"${1#-XX:ArchiveClassesAtExit=}\"")
                .resolve("bin/java");
        var environment = Map.of("GYRE_JAVA", java.toString());
        run(environment, script("echo"));
        awaitCache("echo");
        run(environment, script("echo"));

        assertThat(logged()).anyMatch(it -> it.contains("-XX:ArchiveClassesAtExit="));
        assertThat(logged().getLast()).contains("-XX:SharedArchiveFile=").doesNotContain("AOTCache");
    }

    @Test
    void withoutCachesNoneIsMade() throws Exception {
        run(withJdk25(), script("echo"));

        assertThat(logged()).singleElement().asString().startsWith("started");
    }

    @Test
    void theNewestJdkIsTakenAndRemembered() throws Exception {
        jdk(".jdks/new", "99", "");
        var old = jdk("old", "17.0.1", "");
        var environment = Map.of("JAVA_HOME", old.toString());

        assertThat(shell(environment, "gyre_find_java; echo $java $java_version")
                        .out())
                .isEqualTo(folder + "/.jdks/new/bin/java 99\n");
        assertThat(shell(environment, "gyre_search_java() { echo searched; }; gyre_find_java; echo $java_version")
                        .out())
                .isEqualTo("99\n");
        assertThat(shell(Map.of(), "gyre_search_java() { echo searched; }; gyre_find_java")
                        .out())
                .isEqualTo("searched\n");
    }

    @Test
    void withoutAnyJdkItSaysWhatToInstall() throws Exception {
        var ended = shell(Map.of(), "gyre_java_min=1000; gyre_find_java");

        assertThat(ended.code()).isEqualTo(255);
        assertThat(ended.err()).contains("no Java 1000 or newer").contains("GYRE_JAVA");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aWrongGyreJavaIsNamed() throws Exception {
        var ended = run(Map.of("GYRE_JAVA", "/nowhere/java"), script("echo"));

        assertThat(ended.code()).isEqualTo(255);
        assertThat(ended.err()).contains("GYRE_JAVA is /nowhere/java");
    }

    @Test
    void manyFirstStartsBuildOnce() throws Exception {
        delete(bin.resolve("target"));
        var environment = withMaven("""
                echo "maven $*" >>"%s"
                sleep 1
                mkdir -p maelstrom-bin/target/lib
                touch maelstrom-bin/target/lib/a.jar maelstrom-bin/target/gyre-maelstrom-1.jar
                echo "Maven talks a lot"
                """.formatted(log));
        var threads = new ArrayList<Thread>();
        var ends = Collections.synchronizedList(new ArrayList<Ended>());
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    ends.add(run(environment, script("echo"), "x"));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(logged()).filteredOn(it -> it.startsWith("maven")).hasSize(1);
        assertThat(recordings()).isEqualTo(SCRIPTS.size());
        assertThat(logged())
                .filteredOn(it -> it.startsWith("started"))
                .hasSize(4)
                .allMatch(it -> it.contains("dev.gyre.examples.echo.EchoNode"));
        assertThat(ends).hasSize(4).allMatch(it -> it.out().equals("last argument: x\n"));
        assertThat(ends)
                .filteredOn(it -> it.err().contains("first use: building"))
                .hasSize(1);
    }

    @Test
    void aBuildThatFailsIsShownOnStderr() throws Exception {
        delete(bin.resolve("target"));
        var ended = run(withMaven("echo '[ERROR] no such symbol'; exit 1"), script("echo"));

        assertThat(ended.code()).isEqualTo(255);
        assertThat(ended.err())
                .contains("no such symbol")
                .contains("the build failed")
                .contains("build.log");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aLockWhoseOwnerDiedIsTakenOver() throws Exception {
        delete(bin.resolve("target"));
        var lock = Files.createDirectories(bin.resolve("target/launch/build.lock"));
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        var ended = run(
                withMaven("mkdir -p maelstrom-bin/target/lib; touch maelstrom-bin/target/lib/a.jar"
                        + " maelstrom-bin/target/gyre-maelstrom-1.jar"),
                script("echo"),
                "x");

        assertThat(ended.out()).isEqualTo("last argument: x\n");
        assertThat(lock).doesNotExist();
    }

    private Map<String, String> withMaven(String body) throws IOException {
        var path = Files.createDirectories(folder.resolve("path"));
        script(path.resolve("mvn"), "#!/bin/sh\n" + body);
        return Map.of("GYRE_JAVA", java25(), "PATH", path + ":" + System.getenv("PATH"));
    }

    private static void delete(Path tree) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }
}
