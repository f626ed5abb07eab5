package dev.gyre.maelstrom.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that start nodes and the workbench. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest extends LaunchFixture {
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
    void aLinkToAScriptFindsItsHome() throws Exception {
        Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("links/first"), bin.resolve("echo"));
        Files.createSymbolicLink(folder.resolve("links/second"), Path.of("first"));

        assertThat(run(withJdk25(), folder.resolve("links/second").toString(), "x")
                        .out())
                .isEqualTo("last argument: x\n");
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
}
