package dev.gyre.maelstrom.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in a folder of their own, with a JDK and a Maven that only write down what they are asked. */
abstract class LaunchFixture {
    private static final Path SOURCES = Path.of("").toAbsolutePath();
    static final List<String> SCRIPTS = List.of(
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
            "rescaling",
            "job");

    @TempDir
    Path folder = Path.of("");

    Path bin = Path.of("");
    Path log = Path.of("");

    record Ended(int code, String out, String err) {}

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

    void jars() throws IOException {
        Files.createDirectories(bin.resolve("target/lib"));
        for (var jar : List.of(
                "target/gyre-maelstrom-1.jar", "target/lib/gyre-core-1.jar", "target/lib/b.jar", "target/lib/a.jar")) {
            Files.writeString(bin.resolve(jar), "");
        }
    }

    /** A JDK whose java writes down its arguments, and does something when it is to record a cache. */
    Path jdk(String name, String version, String onRecording) throws IOException {
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

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** No class caches: what makes them would outlive most tests. */
    Map<String, String> withJdk25() {
        return Map.of("GYRE_JAVA", java25(), "GYRE_NO_CACHE", "1");
    }

    Map<String, String> withCaches() {
        return Map.of("GYRE_JAVA", java25());
    }

    String java25() {
        return folder.resolve("jdk25/bin/java").toString();
    }

    Ended run(Map<String, String> environment, String... command) throws Exception {
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
    Ended shell(Map<String, String> environment, String line) throws Exception {
        return run(environment, "sh", "-c", "gyre_home='" + bin + "'; . \"$gyre_home/launch.sh\"; " + line);
    }

    String script(String name) {
        return bin.resolve(name).toString();
    }

    /** Waits until a program's cache is there, and its lock is not. */
    void awaitCache(String name) {
        await().atMost(20, SECONDS).until(() -> {
            try (var files = Files.list(bin.resolve("target/launch"))) {
                var names = files.map(file -> file.getFileName().toString())
                        .filter(file -> file.startsWith(name + "-"))
                        .toList();
                return names.size() == 1 && names.getFirst().endsWith(".aot");
            }
        });
    }

    long recordings() throws IOException {
        return logged().stream().filter(it -> it.startsWith("recording")).count();
    }

    List<String> logged() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    Map<String, String> withMaven(String body) throws IOException {
        var path = Files.createDirectories(folder.resolve("path"));
        script(path.resolve("mvn"), "#!/bin/sh\n" + body);
        return Map.of("GYRE_JAVA", java25(), "PATH", path + ":" + System.getenv("PATH"));
    }

    static void delete(Path tree) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }
}
