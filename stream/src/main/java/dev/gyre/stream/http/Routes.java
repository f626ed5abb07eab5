package dev.gyre.stream.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.control.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may be asked, and what is done about it. For any thread, several at a time. */
final class Routes implements HttpHandler {
    /** Requests that may wait for the job to be changed: half of the threads, so that others can ask meanwhile how it stands. It does one at a time anyway. */
    static final int MAX_WAITING = ServerThreads.MAX_REQUESTS / 2;

    /** What the JDK's server reads of a body that nobody wants, to keep the connection. What may be longer is cut off. */
    private static final long MAX_SKIPPED_BYTES = 64 * 1024;

    /** How the job stands is known to the node that is asked: when it does not say so soon, it does nothing else either. */
    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(10);

    private static final String WORKERS = "workers";
    private static final String ONTO = "onto";
    private static final String RESCALES = "try POST /rescale?workers=4 (how many) or POST /rescale?onto=0,2,5 (which)";

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private final LocalJob running;
    private final Guard guard;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Map<String, Route> routes = new LinkedHashMap<>();

    /** What is done about a request. */
    @FunctionalInterface
    private interface Action {
        Reply reply(Query query) throws BadRequest, InterruptedException;
    }

    private record Route(String method, List<String> parameters, Action action) {}

    /**
     * The routes to a job.
     *
     * @param patience how long it may take to do what is asked
     */
    Routes(LocalJob running, Guard guard, Duration patience) {
        this.running = running;
        this.guard = guard;
        this.patience = patience;
        routes.put("/status", new Route("GET", List.of(), query -> status()));
        routes.put("/snapshot", new Route("POST", List.of(), query -> change(running::snapshot)));
        routes.put("/rescale", new Route("POST", List.of(WORKERS, ONTO), this::rescale));
        routes.put("/suspend", new Route("POST", List.of(), query -> change(running::suspend)));
        routes.put("/resume", new Route("POST", List.of(), query -> change(running::resume)));
        routes.put(
                "/graph",
                new Route("GET", List.of(), query -> Reply.text(running.job().describe())));
        routes.put(
                "/graph.svg",
                new Route("GET", List.of(), query -> Reply.drawing(running.job().toSvg())));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        reply(exchange).send(exchange);
        if (bodyBytes(exchange) > MAX_SKIPPED_BYTES) {
            throw new IOException("a body that nobody reads"); // the server closes the connection, and reads no more
        }
        exchange.close();
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            var refusal = guard.refusal(exchange);
            return refusal.isPresent() ? refusal.get() : routed(exchange);
        } catch (BadRequest e) {
            return Reply.problem(Reply.BAD_REQUEST, e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is being closed");
        } catch (RuntimeException e) {
            log.error("{} {} has failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return Reply.problem(Reply.FAILED, "the server has failed, and its log says where: " + e);
        }
    }

    private Reply routed(HttpExchange exchange) throws BadRequest, InterruptedException {
        var path = exchange.getRequestURI().getPath();
        var route = routes.get(path);
        if (route == null) {
            return Reply.problem(Reply.NOT_FOUND, "there is nothing at " + Query.shown(path) + "; there are " + list());
        }
        var where = route.method + " " + path;
        if (!exchange.getRequestMethod().equals(route.method)) {
            return Reply.problem(
                    Reply.WRONG_METHOD,
                    path + " is asked for by " + route.method + ", not by " + exchange.getRequestMethod(),
                    Map.of("Allow", route.method));
        }
        if (bodyBytes(exchange) != 0) {
            return Reply.problem(
                    Reply.TOO_LARGE,
                    where + " takes no body: parameters belong behind a question mark, as in /rescale?workers=4",
                    Map.of("Connection", "close"));
        }
        return route.action.reply(Query.of(exchange.getRequestURI().getRawQuery(), where, route.parameters));
    }

    /** How long the body is; {@link Long#MAX_VALUE}: the client does not say. */
    private static long bodyBytes(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        if (headers.containsKey("Transfer-Encoding")) {
            return Long.MAX_VALUE;
        }
        var length = headers.getFirst("Content-Length");
        return length == null ? 0 : Long.parseLong(length); // the server has refused what is no number
    }

    private String list() {
        var all = new ArrayList<String>();
        routes.forEach((path, route) -> all.add(route.method + " " + path
                + (route.parameters.isEmpty() ? "" : " with " + String.join(" or ", route.parameters))));
        return String.join(", ", all);
    }

    private Reply status() throws InterruptedException {
        var within = patience.compareTo(STATUS_PATIENCE) < 0 ? patience : STATUS_PATIENCE;
        return answered(
                running.status(),
                within,
                "the job has not said within " + within + " how it stands: a function, source or sink may hold up its"
                        + " first worker; a thread dump shows where");
    }

    private Reply rescale(Query query) throws BadRequest, InterruptedException {
        var workers = query.value(WORKERS);
        var onto = query.value(ONTO);
        if (workers.isPresent() && onto.isPresent()) {
            throw new BadRequest("POST /rescale: workers and onto are both there; leave one out");
        }
        if (workers.isPresent()) {
            int count = Query.number(
                    workers.get(),
                    1,
                    "POST /rescale: workers is a whole number of at least 1, not " + Query.shown(workers.get()) + "; "
                            + RESCALES);
            return change(() -> running.rescale(count));
        }
        if (onto.isEmpty()) {
            throw new BadRequest("POST /rescale: neither workers nor onto is there; " + RESCALES);
        }
        var set = Query.numbers(
                onto.get(),
                "POST /rescale: onto has the numbers of workers, from 0, each once, with commas between, not "
                        + Query.shown(onto.get()) + "; " + RESCALES);
        return change(() -> running.rescale(set));
    }

    private Reply change(Supplier<? extends Future<Answer>> request) throws InterruptedException {
        if (!places.tryAcquire()) {
            return Reply.problem(
                    Reply.UNAVAILABLE,
                    MAX_WAITING + " requests wait for the job already: ask again when some are done");
        }
        try {
            return answered(
                    request.get(),
                    patience,
                    "not decided within " + patience + ", and may still be done: GET /status tells how the job stands");
        } finally {
            places.release();
        }
    }

    private Reply answered(Future<Answer> asked, Duration within, String otherwise) throws InterruptedException {
        try {
            return Reply.of(withFailure(asked.get(within.toNanos(), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            return Reply.problem(Reply.NOT_YET, otherwise);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job could not be asked: " + e.getCause(), e.getCause());
        }
    }

    /** A job goes on behind the failure of a worker, and who looks after it wants to know. */
    private Answer withFailure(Answer answer) {
        var failure = running.failure();
        if (!(answer instanceof Answer.Standing standing) || failure.isEmpty()) {
            return answer;
        }
        var notices = new ArrayList<>(standing.notices());
        notices.add("a worker has failed, and the job went on from its last snapshot: " + failure.get());
        return new Answer.Standing(
                standing.request(),
                standing.phase(),
                standing.generation(),
                standing.version(),
                standing.workers(),
                standing.alive(),
                standing.operation(),
                standing.snapshot(),
                notices);
    }
}
