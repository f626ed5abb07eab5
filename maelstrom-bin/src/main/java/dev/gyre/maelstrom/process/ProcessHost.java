package dev.gyre.maelstrom.process;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.NodeHost;
import dev.gyre.maelstrom.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Runs nodes as processes. Closing it ends them all; so does the end of this JVM. */
public final class ProcessHost implements NodeHost, AutoCloseable {
    /** What nodes have said and the driver has not heard: enough for any burst; when full, nodes wait on their pipes. */
    private static final int EVENTS_MAX = 1 << 14;

    /** How long what was killed may need until it is gone, and its folder free. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Who closes this wants to go on, and needs nothing of what nodes had. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

    private final ProcessSpec spec;
    private final Duration patience;
    private final BlockingQueue<NodeEvent> events = new ArrayBlockingQueue<>(EVENTS_MAX);
    private final Map<String, NodeProcess> processes = new TreeMap<>();
    private final Thread hook = new Thread(this::killAll, "end nodes");

    /** A host of nodes that all run the same way. */
    public ProcessHost(ProcessSpec spec) {
        this(spec, PATIENCE);
    }

    /** @param patience how long a start waits for the end of the process before */
    ProcessHost(ProcessSpec spec, Duration patience) {
        this.spec = spec;
        this.patience = patience;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What nodes do, in the order in which it was heard. */
    public BlockingQueue<NodeEvent> events() {
        return events;
    }

    @Override
    public synchronized Optional<String> start(String node) {
        try {
            var earlier = processes.get(node);
            if (earlier != null && !earlier.awaitEnd(patience)) { // what it had locked must be free
                return Optional.of(
                        "process " + earlier.pid() + ", which it was before, was killed and has not ended within "
                                + patience.toMillis() + " ms; does its disk hang?");
            }
            processes.put(node, NodeProcess.start(node, spec, events));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Objects.requireNonNullElse(e.getMessage(), e.toString())
                    + "; is it an executable, or a script whose first line names its interpreter?");
        }
    }

    @Override
    public void kill(String node) {
        process(node).kill();
    }

    @Override
    public void pause(String node) {
        process(node).signal("STOP");
    }

    @Override
    public void resume(String node) {
        process(node).signal("CONT");
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return Optional.empty();
    }

    @Override
    public void deliver(String node, long number, Letter letter) {
        process(node).write(line(number, letter));
    }

    /** What a node reads of a message, without the line feed. */
    static String line(long number, Letter letter) {
        var line = Json.object().put("id", number).put("src", letter.src()).put("dest", letter.dest());
        line.set("body", letter.toBody());
        return Json.write(line);
    }

    @Override
    public Optional<String> refusal(String node) {
        return process(node).refusal();
    }

    @Override
    public synchronized List<String> logTail(String node) {
        var process = processes.get(node);
        return process == null ? List.of() : process.logTail();
    }

    /** The number that the operating system gave the process of a node which was started, for who wants to look into it. */
    public long pid(String node) {
        return process(node).pid();
    }

    private synchronized NodeProcess process(String node) {
        return Objects.requireNonNull(processes.get(node), node);
    }

    private synchronized void killAll() {
        processes.values().forEach(NodeProcess::kill);
    }

    @Override
    public void close() {
        killAll();
        // Readers that wait for room in the queue must see that nobody cares any more.
        events.clear();
        processes.values().forEach(process -> process.awaitEnd(LAST_PATIENCE));
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out: the hook does the same again, to no effect.
        }
    }
}
