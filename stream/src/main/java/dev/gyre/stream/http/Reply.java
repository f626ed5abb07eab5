package dev.gyre.stream.http;

import com.sun.net.httpserver.HttpExchange;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.stream.control.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body never empty
 * @param more headers that only some have
 */
record Reply(int status, String type, String body, Map<String, String> more) {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int WRONG_METHOD = 405;
    static final int CONFLICT = 409;
    static final int TOO_LARGE = 413;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;
    static final int NOT_YET = 504;

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SVG = "image/svg+xml";

    /** For who asks again by itself. */
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private static final JsonRecords<Answer> ANSWERS = JsonRecords.of(Answer.class);
    private static final JsonRecords<Problem> PROBLEMS = JsonRecords.of(Problem.class);

    /** What the job says. */
    static Reply of(Answer answer) {
        int status = switch (answer) {
            case Answer.Done done -> OK;
            case Answer.Standing standing -> OK;
            case Answer.Refused refused -> CONFLICT;
            case Answer.Failed failed -> FAILED;
            case Answer.Elsewhere elsewhere -> UNAVAILABLE;
        };
        return new Reply(status, JSON, line(ANSWERS.encode(answer)), status == UNAVAILABLE ? SOON : Map.of());
    }

    /** What the server says. */
    static Reply problem(int status, String reason) {
        return problem(status, reason, status == UNAVAILABLE ? SOON : Map.of());
    }

    static Reply problem(int status, String reason, Map<String, String> more) {
        return new Reply(status, JSON, line(PROBLEMS.encode(new Problem(reason))), more);
    }

    static Reply text(String text) {
        return new Reply(OK, TEXT, text, Map.of());
    }

    static Reply drawing(String svg) {
        return new Reply(OK, SVG, svg, Map.of());
    }

    /** On a terminal, the prompt comes behind it. */
    private static String line(byte[] json) {
        return new String(json, StandardCharsets.UTF_8) + "\n";
    }

    /** Sends it. The exchange is not ended: what may be left of the request is the caller's. */
    void send(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        more.forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }
}
