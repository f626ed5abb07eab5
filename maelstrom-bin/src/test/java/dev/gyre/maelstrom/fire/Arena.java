package dev.gyre.maelstrom.fire;

import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.process.ProcessHost;
import dev.gyre.maelstrom.process.ProcessSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Processes, and the network between them and their clients: what one writes is handed on to whom it names, at once. All on one thread, in
 * {@link #run}, so what clients note of their operations is in order.
 */
final class Arena implements AutoCloseable {
    /** Lines that are taken before what is due gets its turn. */
    private static final int BATCH = 256;

    private static final String HEARTBEAT = "raft_heartbeat";
    /** On a machine that is busy with other things a start takes long; that one never ends must be told all the same. */
    private static final long START_MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final List<String> nodes;
    private final ProcessHost host;
    private final long beganNanos = System.nanoTime();
    private final Map<String, Life> lives = new TreeMap<>();
    private final Map<String, Mailbox> mailboxes = new LinkedHashMap<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
    private final List<Long> servedAfterNanos = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long number;
    private String leader = "";

    /** Whatever takes replies. */
    interface Mailbox {
        void receive(Letter letter);
    }

    private record Due(long atNanos, long number, Runnable action) {}

    /** One process of a node, from its start. */
    private static final class Life {
        private final long startedNanos;
        private boolean hasServed;

        Life(long startedNanos) {
            this.startedNanos = startedNanos;
        }
    }

    Arena(List<String> nodes, ProcessSpec spec) {
        this.nodes = nodes;
        this.host = new ProcessHost(spec);
    }

    List<String> nodes() {
        return nodes;
    }

    long nowNanos() {
        return System.nanoTime() - beganNanos;
    }

    /** Who was last heard to send heartbeats; empty if nobody was. */
    String leader() {
        return leader;
    }

    /** What nodes did that nobody had done to them. */
    List<String> failures() {
        return failures;
    }

    /** Of each start, the time from the start of the process to its first answer to a client. */
    List<Long> servedAfterNanos() {
        return servedAfterNanos;
    }

    boolean isRunning(String node) {
        return lives.containsKey(node);
    }

    /** Whether a node has answered a client since it was started. */
    boolean hasServed(String node) {
        var life = lives.get(node);
        return life != null && life.hasServed;
    }

    boolean haveAllServed() {
        return nodes.stream().allMatch(this::hasServed);
    }

    void connect(String id, Mailbox mailbox) {
        mailboxes.put(id, mailbox);
    }

    void after(long nanos, Runnable action) {
        due.add(new Due(nowNanos() + nanos, ++number, action));
    }

    void start(String node) {
        var problem = host.start(node);
        lives.put(node, new Life(nowNanos()));
        problem.ifPresent(text -> failures.add(node + " could not be started: " + text));
        var init = Json.body("init").put("msg_id", 1).put("node_id", node);
        var ids = init.putArray("node_ids");
        nodes.forEach(ids::add);
        send(Letter.ofBody("c0", node, init));
    }

    void kill(String node) {
        lives.remove(node);
        host.kill(node);
    }

    void pause(String node) {
        host.pause(node);
    }

    void resume(String node) {
        host.resume(node);
    }

    void send(Letter letter) {
        if (lives.containsKey(letter.dest())) {
            host.deliver(letter.dest(), ++number, letter);
        }
    }

    /** A client got an answer from a node that shows that it serves. */
    void served(String node) {
        var life = lives.get(node);
        if (life != null && !life.hasServed) {
            life.hasServed = true;
            servedAfterNanos.add(nowNanos() - life.startedNanos);
        }
    }

    /** Hands messages on until a moment, or until it is enough. */
    void run(long untilNanos, BooleanSupplier isEnough) throws InterruptedException {
        while (nowNanos() < untilNanos && !isEnough.getAsBoolean() && failures.isEmpty()) {
            while (!due.isEmpty() && due.element().atNanos <= nowNanos()) {
                due.remove().action.run();
            }
            long next = due.isEmpty() ? untilNanos : Math.min(untilNanos, due.element().atNanos);
            var event = host.events().poll(Math.max(0, next - nowNanos()), TimeUnit.NANOSECONDS);
            for (int i = 0; event != null; i++) {
                take(event);
                event = i < BATCH ? host.events().poll() : null;
            }
        }
    }

    void runFor(long nanos) throws InterruptedException {
        run(nowNanos() + nanos, () -> false);
    }

    /** Waits until all nodes serve; it is a failure when they do not in time. */
    void awaitService() throws InterruptedException {
        run(nowNanos() + START_MAX_NANOS, this::haveAllServed);
        for (var node : nodes) {
            if (!hasServed(node) && failures.isEmpty()) {
                failures.add(node + " has not answered a client within five minutes of its start: "
                        + String.join("\n", host.logTail(node)));
            }
        }
    }

    private void take(NodeEvent event) {
        switch (event) {
            case NodeEvent.Sent(var node, var line, var letter) -> take(node, letter);
            case NodeEvent.BadLine(var node, var line, var problem) ->
                failures.add(node + " wrote a line that " + problem + ": " + line.text());
            case NodeEvent.Ended(var node, var how) ->
                failures.add(node + " " + how + "\n" + String.join("\n", host.logTail(node)));
        }
    }

    private void take(String node, Letter letter) {
        if (letter.type().equals(HEARTBEAT) && isRunning(node)) {
            leader = node;
        }
        if (letter.dest().equals("c0")) {
            if (!letter.type().equals("init_ok")) {
                failures.add(node + " answered init with " + letter.toBody());
            }
        } else if (mailboxes.containsKey(letter.dest())) {
            mailboxes.get(letter.dest()).receive(letter);
        } else {
            send(letter);
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
