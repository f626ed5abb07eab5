package dev.gyre.core.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.codec.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A whole cluster in a test, without a process: each node runs on its own {@link StdioHost} over streams in memory, and its
 * lines are carried to where they are addressed, at once and without loss. The test is a client and calls nodes. For tests
 * of what passes over the wire; faults belong to the simulator.
 *
 * <pre>{@code
 * try (var cluster = StreamCluster.<Msg, Void>start(3, Msg.class, node -> new EchoNode())) {
 *     var reply = cluster.call("n1", "{\"type\":\"echo\",\"echo\":\"hello\"}");
 * }
 * }</pre>
 */
public final class StreamCluster implements AutoCloseable {
    /** How long a call, or the end of a node, is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String CLIENT = "c1";

    private final Map<String, LinePipe> inputs = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Integer>> ends = new LinkedHashMap<>();
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    private StreamCluster() {}

    /**
     * Starts nodes {@code n0}, {@code n1}, … and returns when all have said that they are ready.
     *
     * @param count how many, at least 1
     * @param payloads the payloads of the service
     * @param factory makes the service of each
     * @param arguments what each is started with
     */
    public static <M, S> StreamCluster start(
            int count, Class<M> payloads, ServiceFactory<M, S> factory, String... arguments) {
        var cluster = new StreamCluster();
        var ids = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
        ids.forEach(id -> cluster.inputs.put(id, new LinePipe()));
        cluster.inputs.forEach(
                (id, input) -> cluster.run(id, input, new StdioHost<>(payloads, factory, List.of(arguments))));
        for (var id : ids) {
            var init = Json.MAPPER.createObjectNode().put("type", "init").put("node_id", id);
            init.set("node_ids", Json.MAPPER.valueToTree(ids));
            var reply = cluster.call(id, init);
            if (!reply.path("type").asText().equals("init_ok")) {
                throw new IllegalStateException(id + " did not start: " + reply);
            }
        }
        return cluster;
    }

    private void run(String id, LinePipe input, StdioHost<?, ?> host) {
        var end = new CompletableFuture<Integer>();
        ends.put(id, end);
        var thread = new Thread(() -> end.complete(host.run(input.in(), new Carrier())), "gyre-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Sends a request to a node as a client, and waits for the reply.
     *
     * @param body the body as JSON, without {@code msg_id}
     * @return the body of the reply
     * @throws IllegalStateException when none comes within ten seconds
     */
    public JsonNode call(String node, String body) {
        try {
            return call(node, (ObjectNode) Json.MAPPER.readTree(body));
        } catch (IOException | ClassCastException e) {
            throw new IllegalArgumentException("a body is a JSON object, not " + body, e);
        }
    }

    private JsonNode call(String node, ObjectNode body) {
        long id = lastId.incrementAndGet();
        var reply = new CompletableFuture<JsonNode>();
        calls.put(id, reply);
        var message = Json.MAPPER.createObjectNode().put("src", CLIENT).put("dest", node);
        message.set("body", body.put("msg_id", id));
        send(node, message.toString());
        return await(reply, node + " to reply to " + body);
    }

    /** Gives a node a line as it is. */
    public void send(String node, String line) {
        var input = inputs.get(node);
        if (input == null) {
            throw new IllegalArgumentException(node + " is none of " + inputs.keySet());
        }
        input.write(line);
    }

    /** Ends the input of all nodes, and returns when they have ended. */
    @Override
    public void close() {
        inputs.values().forEach(LinePipe::end);
        ends.forEach((id, end) -> await(end, id + " to end"));
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s for " + what, e);
        }
    }

    private void carry(String line) throws IOException {
        var message = Json.MAPPER.readTree(line);
        var dest = message.path("dest").asText();
        var input = inputs.get(dest);
        if (input != null) {
            input.write(line);
        } else if (dest.equals(CLIENT)) {
            var call = calls.remove(message.path("body").path("in_reply_to").asLong());
            if (call != null) {
                call.complete(message.path("body"));
            }
        } else {
            throw new IOException("a message to " + dest + ", which is neither a node nor the client: " + line);
        }
    }

    /** A node's output: whole lines, since a node flushes nothing else. */
    private final class Carrier extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("a node writes lines, not single bytes");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (var line : new String(bytes, from, length, StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    carry(line);
                }
            }
        }
    }
}
