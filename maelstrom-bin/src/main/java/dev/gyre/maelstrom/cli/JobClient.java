package dev.gyre.maelstrom.cli;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.http.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a job that is served over HTTP. */
final class JobClient {
    /** To reach the machine. */
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

    /** Longer than the job itself is given, so that it is the server who says that something is not done yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** More than the drawing of any job that a person would look at. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int OK = 200;

    private static final JsonRecords<Answer> ANSWERS = JsonRecords.of(Answer.class);
    private static final JsonRecords<Problem> PROBLEMS = JsonRecords.of(Problem.class);

    private final URI base;

    /**
     * A client.
     *
     * @param base where the job is served, without a slash at its end
     */
    JobClient(URI base) {
        this.base = base;
    }

    /** Nobody has answered, or not as a job does: the message says what to do. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        NoAnswer(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    /** What has come back. */
    record Reply(int status, String body) {
        boolean isOk() {
            return status == OK;
        }
    }

    /** What the job has answered, and what the server has to say when there is no answer. */
    sealed interface Told {
        /** The job has answered. */
        record Answered(Answer answer) implements Told {}

        /** The request did not get to the job, or got nothing from it. */
        record Troubled(Problem problem) implements Told {}
    }

    Reply ask(String method, String path) throws NoAnswer, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_PATIENCE)
                .build()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw stranger(response.statusCode());
                }
                return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (ConnectException e) {
            throw new NoAnswer("nobody answers at " + base + ": is the job running, and is it served there, as by"
                    + " rescaling --http 8080? --at or GYRE_JOB names another place");
        } catch (HttpTimeoutException e) {
            throw new NoAnswer("no answer from " + base + " (" + e.getMessage()
                    + "): what was asked may still be done; job status tells how the job stands");
        } catch (IOException e) {
            throw new NoAnswer("the connection to " + base + " broke (" + e.getMessage()
                    + "): what was asked may have been done; job status tells how the job stands");
        }
    }

    /** What a reply in JSON means. */
    Told told(Reply reply) throws NoAnswer {
        byte[] json = reply.body().getBytes(StandardCharsets.UTF_8);
        try {
            return new Told.Answered(ANSWERS.decode(json));
        } catch (IllegalArgumentException none) {
            // Then it is what the server says.
        }
        try {
            return new Told.Troubled(PROBLEMS.decode(json));
        } catch (IllegalArgumentException none) {
            throw stranger(reply.status());
        }
    }

    private NoAnswer stranger(int status) {
        return new NoAnswer("what answers at " + base + " is no job (HTTP " + status
                + ", and not in its words): --at or GYRE_JOB names another place");
    }
}
