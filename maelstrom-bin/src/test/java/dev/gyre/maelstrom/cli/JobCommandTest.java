package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.http.JobServer;
import dev.gyre.stream.io.Sinks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code job}, against a small job that runs. */
@Timeout(60)
class JobCommandTest {
    private static LocalJob running;
    private static JobServer server;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Never has anything, and never ends. */
    private record Silent() implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("silent");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                @Override
                public Polled poll(Output<Long> out, int max) {
                    return Polled.later(Duration.ofHours(1));
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        var job = Job.named(
                "silent",
                flow -> flow.source("nothing", new Silent())
                        .keyBy("number", number -> number)
                        .fold("count", 0L, (count, number) -> count + 1)
                        .entries()
                        .sink("nowhere", Sinks.forEach(entry -> {})));
        running = LocalJob.start(job, LocalJob.Settings.workers(1).upTo(3));
        server = JobServer.start(running, 0);
    }

    @AfterAll
    static void end() {
        server.close();
        running.close();
    }

    /** Runs a command whose words have no spaces in them, against the job that runs. */
    private int job(String words) {
        return run(Optional.of(server.uri().toString()), words);
    }

    private int run(Optional<String> environment, String words) {
        out.reset();
        err.reset();
        return new JobCommand(new Console(print(out), print(err), false), environment).run(words.split(" +"));
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

    private void assertOneLine(String said) {
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("job: ").contains(said).hasLineCount(1);
    }

    @Test
    void statusIsAnAlignedTable() {
        assertThat(job("rescale --onto 0,2")).as(err()).isZero();
        assertThat(out()).startsWith("done: runs on workers [0, 2]");
        assertThat(job("snapshot")).isZero();
        assertThat(job("status")).isZero();
        assertThat(err()).isEmpty();
        assertThat(out())
                .startsWith("phase       running\nworkers     0 2\nspare       1\nunder way   nothing\nsnapshot    ")
                .containsPattern("(?m)^generation  1$")
                .containsPattern("(?m)^version     \\d+$");
        assertThat(job("rescale 1")).isZero();
        assertThat(job("status")).isZero();
        assertThat(out()).contains("workers     0\nspare       1 2\n");
    }

    @Test
    void jobIsSuspendedAndResumed() {
        assertThat(job("resume")).isOne();
        assertOneLine("job: refused: the job is neither suspended nor complete");
        assertThat(job("suspend")).isZero();
        assertThat(job("status")).isZero();
        assertThat(out()).startsWith("phase       suspended\n");
        assertThat(job("rescale 2")).isOne();
        assertOneLine("job: refused: the job is suspended: resume it first");
        assertThat(job("resume")).isZero();
        assertThat(out()).startsWith("done: ");
    }

    @Test
    void graphIsTextOrADrawing() {
        assertThat(job("graph")).isZero();
        assertThat(out()).isEqualTo(running.job().describe().stripTrailing() + "\n");
        assertThat(job("graph --svg")).isZero();
        assertThat(out()).startsWith("<svg").isEqualTo(running.job().toSvg().stripTrailing() + "\n");
    }

    @Test
    void jsonIsPrintedAsItCame() {
        assertThat(job("--json status")).isZero();
        assertThat(out()).startsWith("{\"type\":\"standing\",").hasLineCount(1);
        assertThat(job("resume --json")).isOne();
        assertThat(out()).startsWith("{\"type\":\"refused\",").hasLineCount(1);
        assertThat(err()).isEmpty();
    }

    @Test
    void placeIsThatOfTheFlagThenOfTheEnvironment() {
        var here = server.uri().toString();
        assertThat(run(Optional.empty(), "status --at " + here)).isZero();
        assertThat(run(Optional.empty(), "--at " + here + "/ status")).isZero();
        assertThat(run(Optional.of("http://127.0.0.1:9"), "status --at " + here))
                .isZero();
        assertThat(run(Optional.of("nonsense"), "status")).isEqualTo(2);
        assertOneLine("GYRE_JOB is a URL such as http://localhost:8080, not \"nonsense\"");
    }

    @Test
    void serverThatIsNotThereIsNamedWithWhatToDo() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var nowhere = "http://127.0.0.1:" + free;
        for (var command : List.of("status", "graph", "rescale 2", "status --json")) {
            assertThat(job(command + " --at " + nowhere)).isOne();
            assertOneLine("nobody answers at " + nowhere + ": is the job running, and is it served there");
        }
    }

    @Test
    void serverThatIsNoJobIsNamed() throws Exception {
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        other.start();
        try {
            var there = "http://127.0.0.1:" + other.getAddress().getPort();
            for (var command : List.of("status", "graph", "suspend", "status --json")) {
                assertThat(job(command + " --at " + there)).isOne();
                assertOneLine("what answers at " + there + " is no job (HTTP 404, and not in its words)");
            }
        } finally {
            other.stop(0);
        }
    }

    /** The server's own words, when a request does not get to the job. */
    @Test
    void problemOfTheServerIsShown() {
        assertThat(job("rescale --onto 1,1")).isOne();
        assertOneLine("job: POST /rescale: onto has the numbers of workers, from 0, each once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rescale                         | rescale takes how many workers, as in job rescale 4, or which
            rescale 2 --onto 0,1            | one of the two
            rescale 0                       | rescale 0: a job runs on 1 worker or more
            rescale two                     | 'two' is not an int
            rescale --onto 0,x              | 'x' is not an int
            rescale 2 3                     | Unmatched argument at index 2: '3'
            status --at localhost:8080      | --at is a URL such as http://localhost:8080, not "localhost:8080"
            status --at http://             | --at is a URL
            status --at http://h/?x         | --at is a URL
            status --now                    | Unknown option: '--now'
            stat                            | 'stat'
            graph --json                    | a graph is text or, with --svg, a drawing: leave --json out
            """)
    void whatMakesNoSenseIsOneLineAndNothingIsAsked(String words, String said) {
        assertThat(run(Optional.of("http://127.0.0.1:9"), words)).isEqualTo(2);
        assertOneLine(said);
    }

    @Test
    void withoutACommandItSaysWhereToLook() {
        out.reset();
        err.reset();
        assertThat(new JobCommand(new Console(print(out), print(err), false), Optional.empty()).run())
                .isEqualTo(2);
        assertThat(err()).contains("job --help");
    }

    @Test
    void helpNamesEachCommandAndExitCode() {
        assertThat(job("--help")).isZero();
        assertThat(out())
                .contains("status", "snapshot", "rescale", "suspend", "resume", "graph", "--at", "GYRE_JOB", "--json")
                .contains("Exit codes: 0 it is done");
        assertThat(out().lines()).allMatch(line -> line.length() <= 100);
        for (var command : List.of("status", "snapshot", "rescale", "suspend", "resume", "graph")) {
            assertThat(job(command + " --help")).isZero();
            assertThat(out()).contains("--at", "--json");
        }
    }
}
