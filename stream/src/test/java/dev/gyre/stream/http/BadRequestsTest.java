package dev.gyre.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that do not get to the job. */
@Timeout(60)
class BadRequestsTest {
    private static ServedJob job;

    @BeforeAll
    static void start() throws Exception {
        job = ServedJob.start();
    }

    /** Nothing of all this has changed it. */
    @AfterAll
    static void end() throws Exception {
        try (var last = job) {
            var status = last.status();
            assertThat(status.version()).isOne();
            assertThat(status.snapshot()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /rescale                        | neither workers nor onto is there; try POST /rescale?workers=4
            /rescale?                       | neither workers nor onto is there
            /rescale?workers=2&onto=0,1     | workers and onto are both there; leave one out
            /rescale?workers=0              | workers is a whole number of at least 1, not "0"; try POST /rescale?workers=4
            /rescale?workers=-1             | not "-1"
            /rescale?workers=x              | not "x"
            /rescale?workers                | not ""
            /rescale?workers=2147483648     | not "2147483648"
            /rescale?workers=2&workers=3    | POST /rescale: workers is there twice; leave one out
            /rescale?worker=2               | POST /rescale takes the parameters workers and onto, not "worker": leave it out
            /rescale?workers=%32&x%26=1     | not "x&"
            /rescale?onto=                  | onto has the numbers of workers, from 0, each once, with commas between, not ""
            /rescale?onto=0,x               | not "0,x"; try
            /rescale?onto=0,                | not "0,"
            /rescale?onto=0,-1              | not "0,-1"
            /rescale?onto=1,1               | not "1,1"
            /snapshot?now                   | POST /snapshot takes no parameter, not "now": leave it out
            """)
    void whatMakesNoSenseIsToldWithItsCure(String path, String said) throws Exception {
        assertThat(ServedJob.problem(job.post(path), 400)).contains(said);
    }

    @Test
    void pathThatIsNoUrlIsRefused() throws Exception {
        assertThat(job.raw("POST /rescale?workers=%2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whatIsLongIsNotRepeatedInFull() throws Exception {
        assertThat(ServedJob.problem(job.post("/rescale?workers=" + "9".repeat(1000)), 400))
                .contains("9".repeat(80) + "…")
                .doesNotContain("9".repeat(81));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/stat", "/status/", "/graph.png"})
    void unknownPathIsAnsweredWithThoseThatThereAre(String path) throws Exception {
        assertThat(ServedJob.problem(job.get(path), 404))
                .isEqualTo("there is nothing at \"" + path
                        + "\"; there are GET /status, POST /snapshot, POST /rescale with"
                        + " workers or onto, POST /suspend, POST /resume, GET /graph, GET /graph.svg");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /status, GET",
        "DELETE, /status, GET",
        "POST, /graph, GET",
        "PUT, /graph.svg, GET",
        "GET, /snapshot, POST",
        "GET, /rescale?workers=2, POST",
        "OPTIONS, /rescale, POST",
        "GET, /suspend, POST",
        "GET, /resume, POST"
    })
    void otherMethodIsRefusedWithTheRightOne(String method, String path, String allowed) throws Exception {
        var response =
                job.send(HttpRequest.newBuilder(job.uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(ServedJob.problem(response, 405)).contains("is asked for by " + allowed + ", not by " + method);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
    }

    @Test
    void headIsRefusedWithoutABody() throws Exception {
        var head = "HEAD /status HTTP/1.1\r\nHost: localhost\r\n";
        var responses = job.raw(head + "\r\n" + head + "Connection: close\r\n\r\n");
        assertThat(responses.split("\r\n\r\n"))
                .as("the connection is of use behind the first")
                .hasSize(2)
                .allMatch(it -> it.startsWith("HTTP/1.1 405 ") && it.contains("Allow: GET"));
    }

    @Test
    void bodyIsRefusedWithTheRightPlaceForParameters() throws Exception {
        var response = job.send(
                HttpRequest.newBuilder(job.uri("/rescale")).POST(HttpRequest.BodyPublishers.ofString("workers=2")));
        assertThat(ServedJob.problem(response, 413)).contains("as in /rescale?workers=4");
    }

    /** The client sends no byte of what it has announced, and the server ends the connection all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000000", "Transfer-Encoding: chunked"})
    void largeBodyIsNotWaitedFor(String header) throws Exception {
        assertThat(job.raw("POST /snapshot HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("takes no body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "https://localhost"})
    void pageOfAnotherSiteMayNotChangeTheJob(String origin) throws Exception {
        for (var path : new String[] {"/snapshot", "/rescale?workers=2", "/suspend", "/resume"}) {
            var response = job.send(HttpRequest.newBuilder(job.uri(path))
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(ServedJob.problem(response, 403)).contains("a page of " + origin);
        }
    }

    @Test
    void pageOfAnotherSiteCannotReadTheStatus() throws Exception {
        var response = job.send(HttpRequest.newBuilder(job.uri("/status")).header("Origin", "http://evil.example"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void requestFromThisServersOwnOriginIsTaken() throws Exception {
        var response = job.send(HttpRequest.newBuilder(job.uri("/resume"))
                .header("Origin", job.server().uri().toString())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode())
                .as("refused by the job, which is not suspended")
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example\r\n",
                "Host: localhost.evil.example\r\n",
                "Host: localhost\r\nHost: evil.example\r\n",
                "Host:\r\n",
                ""
            })
    void nameThatWasTurnedToThisMachineIsRefused(String host) throws Exception {
        for (var request : new String[] {"GET /status", "GET /graph", "POST /suspend"}) {
            assertThat(job.raw(request + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void requestThatIsHalfSentStopsNobody() throws Exception {
        var half = new Socket[ServerThreads.MAX_REQUESTS - 2];
        try {
            for (int i = 0; i < half.length; i++) {
                half[i] = new Socket(
                        InetAddress.getLoopbackAddress(), job.server().port());
                half[i].getOutputStream().write("POST /suspend HTTP/1.1\r\nHo".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(job.get("/status").statusCode()).isEqualTo(200);
        } finally {
            for (var socket : Arrays.stream(half).filter(Objects::nonNull).toList()) {
                socket.close();
            }
        }
    }
}
