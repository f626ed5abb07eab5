package dev.gyre.maelstrom.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gyre.examples.broadcast.BroadcastNode;
import dev.gyre.maelstrom.fixture.FixtureNode;
import dev.gyre.maelstrom.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs with real processes: nodes that are right pass, and each that is wrong is caught and named. */
@Execution(ExecutionMode.CONCURRENT)
class ProcessRunTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "echo,1,echo",
        "unique-ids,2,-",
        "broadcast,2,messages",
        "g-set,2,value",
        "g-counter,2,counter",
        "pn-counter,2,counter",
        "lin-kv,1,-",
        "lin-mutex,1,-",
        "kafka,1,-",
        "txn-list-append,1,-",
        "txn-rw-register,1,-"
    })
    void rightNodesPass(String workload, int nodes, String read) {
        int code = test(workload, nodes, read, "RIGHT");

        assertThat(out()).endsWith("Everything looks good! ヽ(‘ー`)ノ\n").contains(":valid? true}");
        assertThat(code).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "echo,1,-,WRONG_ECHO,the node replied \"no\"",
        "unique-ids,1,-,DUPLICATE_ID,was given out twice",
        "broadcast,2,messages,LOST_ELEMENT,is lost",
        "broadcast,1,messages,DUPLICATED_ELEMENT,2 times",
        "g-set,1,value,ELEMENT_NEVER_ADDED,shows element 1000000",
        "g-counter,2,counter,STALE_COUNTER,final read shows",
        "pn-counter,2,counter,STALE_COUNTER,final read shows",
        "broadcast,1,messages,EXTRA_KEY_IN_REPLY,No broadcast was served",
        "lin-kv,1,-,FORGETS,Key 0: ",
        "kafka,1,-,FORGETS,was never polled"
    })
    void wrongNodesAreRejectedWithASentence(String workload, int nodes, String read, String fault, String sentence) {
        int code = test(workload, nodes, read, fault);

        assertThat(out()).endsWith("Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻\n").contains(sentence);
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "DIES,Node n0 exited with code 3,something terrible happened",
        "GARBAGE,Line \\d+ of node n0's output is not JSON,The line is: Got a message!",
        "UNKNOWN_DEST,'Line \\d+ of node n0''s output names an unknown dest, \"n77\"','\"type\":\"hello\"'",
        "REJECTS_INIT,Node n0 answered init with,not today",
        "MUTE,Node n0 did not answer init within 10 s,n0 says nothing"
    })
    void nodesThatBreakTheRulesEndTheRunAtOnce(String fault, String sentence, String detail) {
        int code = test("broadcast", 1, "messages", fault);

        assertThat(out())
                .matches("(?s)" + sentence + ".*")
                .contains(detail)
                .endsWith("Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻\n");
        assertThat(code).isEqualTo(1);
    }

    /** The last fault kills all three: on a busy machine their starts take some seconds, with which the final wait has not begun. */
    @Test
    @ResourceLock("processors") // starts as many JVMs as the processors can bear
    void nodesThatAreKilledAndPausedComeBackWithWhatTheirDisksHaveKept() {
        var arguments = new ArrayList<>(List.of("test", "-w", "broadcast", "--bin", JAVA, "--node-count", "3"));
        arguments.addAll(List.of("--time-limit", "4", "--rate", "50", "--final-wait", "5", "--seed", "3"));
        arguments.addAll(List.of("--nemesis", "kill,pause,loss,duplicate,partition", "--nemesis-interval", "1", "--"));
        arguments.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        arguments.addAll(List.of(System.getProperty("java.class.path"), BroadcastNode.class.getName()));

        assertThat(run(arguments.toArray(String[]::new))).as(out() + err()).isZero();

        assertThat(err()).contains("fault begins: kill", "fault ends: kill", "fault begins: pause", "fault ends: loss");
        // On a slow machine a node may be starting most of the time; that one served shows in its file.
        assertThat(List.of("n0", "n1", "n2"))
                .map(node ->
                        folder.resolve("store/latest/node-data").resolve(node).resolve("elements"))
                .anySatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void aNodeThatCannotBeStartedEndsTheRun() throws Exception {
        var script = executable("no-interpreter", "#!/nowhere/sh\n");

        assertThat(run("test", "-w", "echo", "--bin", script.toString())).isEqualTo(1);
        assertThat(out()).contains("Node n1 could not be started").contains("is it an executable");
    }

    @Test
    void aRunLeavesItsFiles() throws Exception {
        test("broadcast", 1, "messages", "RIGHT");

        var files = folder.resolve("store/latest");
        assertThat(Json.parse(Files.readString(files.resolve("results.json")))
                        .path("valid?")
                        .asBoolean())
                .isTrue();
        assertThat(files.resolve("results.edn")).content().contains(":valid? true");
        assertThat(files.resolve("node-logs/n0.log")).content().isEqualTo("fixture RIGHT is up\n");
        assertThat(Files.readAllLines(files.resolve("history.jsonl")).getFirst())
                .contains("\"type\":\"invoke\"");
        assertThat(Files.readAllLines(files.resolve("messages.jsonl")).getFirst())
                .contains("\"type\":\"init\"");
        assertThat(Json.parse(Files.readString(files.resolve("test.json")))
                        .path("seed")
                        .isIntegralNumber())
                .isTrue();
    }

    @Test
    void theSeedFixesWhatIsAsked() throws Exception {
        var first = asked("--seed", "12");
        var second = asked("--seed", "12");

        // How many requests there is time for is up to the machine; which ones is up to the seed.
        int both = Math.min(first.size(), second.size());
        assertThat(both).isGreaterThanOrEqualTo(2);
        assertThat(second.subList(0, both)).isEqualTo(first.subList(0, both));
    }

    @Test
    void aWrapperThatDoesNotExecIsKilledWithItsChild() throws Exception {
        var command = new ArrayList<>(List.of(JAVA));
        var pidFile = folder.resolve("pid");
        command.addAll(List.of("-Dpid=" + pidFile, "-Dlinger=true"));
        command.addAll(fixture("-", "RIGHT"));
        var wrapper = executable("wrapper", "#!/bin/sh\n" + String.join(" ", command) + "\nexit 0\n");

        int code = run("test", "-w", "echo", "--bin", wrapper.toString(), "--node-count", "1", "--time-limit", "0.5");

        assertThat(code).isZero();
        long pid = Long.parseLong(Files.readString(pidFile));
        await().atMost(5, SECONDS)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void logsAndMessagesAreShownOnDemand() {
        run(arguments("echo", 1, "-", "RIGHT", "--log-stderr", "--log-net-send", "--log-net-recv"));

        assertThat(err())
                .contains("n0 | fixture RIGHT is up")
                .contains("send 0 c0 -> n0 {\"type\":\"init\"")
                .contains("recv 1 n0 -> c0 {\"type\":\"init_ok\"");
    }

    @Test
    void theFirstRunThatIsNotValidIsTheLast() {
        assertThat(run(arguments("echo", 1, "-", "RIGHT", "--test-count", "2"))).isZero();
        assertThat(err()).contains("run 1 of 2", "run 2 of 2");

        err.reset();
        assertThat(run(arguments("echo", 1, "-", "WRONG_ECHO", "--test-count", "2")))
                .isEqualTo(1);
        assertThat(err()).contains("run 1 of 2").doesNotContain("run 2 of 2");
    }

    private List<String> asked(String... flags) throws IOException {
        run(arguments("echo", 1, "-", "RIGHT", flags));
        return Files.readAllLines(folder.resolve("store/latest/history.jsonl")).stream()
                .filter(line -> line.contains("invoke"))
                .map(line -> line.replaceAll(".*\"value\":", ""))
                .limit(20)
                .toList();
    }

    private int test(String workload, int nodes, String read, String fault) {
        // With this seed every kind of operation is soon served, however slow the machine.
        return run(arguments(workload, nodes, read, fault, "--seed", "2"));
    }

    private static String[] arguments(String workload, int nodes, String read, String fault, String... flags) {
        var arguments = new ArrayList<>(List.of("test", "-w", workload, "--bin", JAVA));
        arguments.addAll(List.of("--node-count", Integer.toString(nodes), "--time-limit", "0.8", "--rate", "300"));
        arguments.addAll(List.of("--final-wait", "0.2"));
        arguments.addAll(List.of(flags));
        arguments.add("--");
        arguments.addAll(fixture(read, fault));
        return arguments.toArray(String[]::new);
    }

    private static List<String> fixture(String read, String fault) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dread=" + read,
                "-cp",
                System.getProperty("java.class.path"),
                FixtureNode.class.getName(),
                fault);
    }

    private Path executable(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private int run(String... arguments) {
        var console = new Console(print(out), print(err), false);
        return new Maelstrom(console, folder.resolve("store")).run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
