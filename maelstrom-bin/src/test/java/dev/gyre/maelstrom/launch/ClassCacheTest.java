package dev.gyre.maelstrom.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.host.Node;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The class caches that make starts faster: who makes them, and who waits for them. */
@Execution(ExecutionMode.CONCURRENT)
class ClassCacheTest extends LaunchFixture {
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

        run(environment, script("echo"));
        awaitCache("echo");

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
}
