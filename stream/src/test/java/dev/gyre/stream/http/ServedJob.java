package dev.gyre.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.io.Sources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A small job that runs until it is told to end, its server, and clients. */
final class ServedJob implements AutoCloseable {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final long NUMBERS = 100_000;
    private static final long KEYS = 100;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RAW_PATIENCE_MILLIS = 30_000;
    private static final JsonRecords<Answer> ANSWERS = JsonRecords.of(Answer.class);
    private static final JsonRecords<Problem> PROBLEMS = JsonRecords.of(Problem.class);

    private final Map<Long, Long> sums = new ConcurrentHashMap<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LocalJob running;
    private final JobServer server;

    private ServedJob(LocalJob.Settings settings, int stuckWorker, Duration patience)
            throws IOException, InterruptedException {
        var job = Job.named(
                "sums <&>",
                flow -> flow.source("numbers", new Trickle(Sources.range(0, NUMBERS, PARTITIONS), isOver))
                        .keyBy("rest", number -> number % KEYS)
                        .fold("sum", 0L, Long::sum)
                        .entries()
                        .sink("sums", sink(stuckWorker)));
        running = LocalJob.start(job, settings);
        server = JobServer.start(running, ANY_PORT, patience);
    }

    /** A job on one worker, with room for four. */
    static ServedJob start() throws IOException, InterruptedException {
        return new ServedJob(LocalJob.Settings.workers(1).upTo(4), -1, PATIENCE);
    }

    /** A job on two workers, 0 and 1 since there are no more, one of which stands still in its sink until it is {@linkplain #release released}. */
    static ServedJob stuck(int worker, Duration patience) throws IOException, InterruptedException {
        var job = new ServedJob(LocalJob.Settings.workers(2), worker, patience);
        job.stuck.await();
        return job;
    }

    /** Numbers that come slowly until somebody wants the end. */
    private record Trickle(Source<Long> numbers, AtomicBoolean isOver) implements Source<Long> {
        @Override
        public List<String> partitions() {
            return numbers.partitions();
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            var partition = numbers.open(name, position);
            return new Partition<>() {
                @Override
                public Polled poll(Output<Long> out, int max) {
                    if (isOver.get()) {
                        return partition.poll(out, max);
                    }
                    partition.poll(out, 1);
                    return Polled.later(Duration.ofMillis(1));
                }

                @Override
                public Object position() {
                    return partition.position();
                }
            };
        }
    }

    private Sink<Keyed<Long, Long>> sink(int stuckWorker) {
        return context -> (entry, time) -> {
            if (context.worker() == stuckWorker) {
                stuck.countDown();
                awaitRelease();
            }
            sums.put(entry.key(), entry.value());
        };
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void release() {
        released.countDown();
    }

    LocalJob running() {
        return running;
    }

    JobServer server() {
        return server;
    }

    URI uri(String path) {
        return URI.create(server.uri() + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    CompletableFuture<HttpResponse<String>> postLater(String path) {
        var request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody());
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that comes back for some text, until the server closes the connection. */
    String raw(String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(RAW_PATIENCE_MILLIS); // an interrupt does not end a read
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Answer.Standing status() throws IOException, InterruptedException {
        return (Answer.Standing) answer(get("/status"), 200);
    }

    /** Asks for a change that is done. */
    String done(String path) throws IOException, InterruptedException {
        return ((Answer.Done) answer(post(path), 200)).detail();
    }

    /** Asks for a change that the job refuses. */
    String refused(String path) throws IOException, InterruptedException {
        return ((Answer.Refused) answer(post(path), 409)).reason();
    }

    static Answer answer(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return ANSWERS.decode(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return PROBLEMS.decode(response.body().getBytes(StandardCharsets.UTF_8)).reason();
    }

    /** Lets the job come to its end, and compares its sums with those of a plain loop. */
    void endsExactly() throws InterruptedException {
        isOver.set(true);
        running.awaitComplete();
        assertThat(running.failure()).isEmpty();
        var plain = new TreeMap<Long, Long>();
        for (long number = 0; number < NUMBERS; number++) {
            plain.merge(number % KEYS, number, Long::sum);
        }
        assertThat(sums).isEqualTo(plain);
    }

    @Override
    public void close() {
        release();
        server.close();
        client.close();
        running.close();
    }
}
