package dev.gyre.maelstrom.process;

import dev.gyre.core.host.Node;
import dev.gyre.maelstrom.engine.LineDecoder;
import dev.gyre.maelstrom.engine.NodeEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One node's process and its three threads. */
final class NodeProcess {
    /** How long a process may live on after it has closed its stdout, before that counts as its end. */
    private static final long SILENT_MAX_MILLIS = 1_000;

    /** How long the rest of the output of a process that has ended is waited for: a child may hold its pipes. */
    private static final long DRAIN_MAX_MILLIS = 1_000;

    private final String node;
    private final Process process;
    private final Path logFile;
    private final NodeInput input;
    private final BlockingQueue<NodeEvent> events;
    private final Thread reader;
    private final Thread logger;
    private volatile boolean killed;

    private NodeProcess(String node, Process process, ProcessSpec spec, BlockingQueue<NodeEvent> events) {
        this.node = node;
        this.process = process;
        this.events = events;
        logFile = spec.logDirectory().resolve(node + ".log");
        input = new NodeInput(process.getOutputStream());
        logger = thread("stderr", new NodeLog(node, process.getErrorStream(), logFile, spec.logLines()));
        reader = thread("stdout", this::read);
        thread("stdin", input);
        var unused = process.onExit().thenAccept(this::exited);
    }

    /**
     * Starts a process.
     *
     * @param events gets what the node does; when it is full, the node's output waits
     */
    static NodeProcess start(String node, ProcessSpec spec, BlockingQueue<NodeEvent> events) throws IOException {
        var builder =
                new ProcessBuilder(spec.command()).directory(spec.directory().toFile());
        builder.environment().put(Node.DATA_VARIABLE, spec.dataDirectory().toString());
        var process = builder.start();
        return new NodeProcess(node, process, spec, events);
    }

    private Thread thread(String name, Runnable body) {
        var thread = new Thread(body, node + " " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Queues a line for the node's stdin. */
    void write(String line) {
        input.write(line);
    }

    /** Why the node cannot take a line now. */
    Optional<String> refusal() {
        if (!process.isAlive()) {
            return Optional.of(node + " is down");
        }
        return input.isFull() ? Optional.of(node + " does not read its input") : Optional.empty();
    }

    List<String> logTail() {
        return NodeLog.tail(logFile);
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process and its children at once, and whatever they still say goes unheard. */
    void kill() {
        killed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Sends the process and its children a signal, such as {@code STOP}; does nothing when it has ended. */
    void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        var command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
        try {
            // Waited for, so that signals arrive in the order in which they are sent.
            new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            put(new NodeEvent.Ended(node, "cannot be sent the signal " + name + ": " + e.getMessage()));
        }
    }

    /** Waits until the process is gone, and what it has logged is written. Whether it is gone: one that is killed in the middle of a sync lives until its disk is done. */
    boolean awaitEnd(Duration patience) {
        try {
            boolean isGone = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            logger.join(DRAIN_MAX_MILLIS);
            return isGone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read() {
        var lines = new LineReader(process.getInputStream());
        try {
            for (var line = lines.next(); line.isPresent() && !killed; line = lines.next()) {
                put(LineDecoder.decode(node, line.get()));
            }
            if (!process.waitFor(SILENT_MAX_MILLIS, TimeUnit.MILLISECONDS)) {
                put(new NodeEvent.Ended(node, "closed its stdout but runs on"));
            }
        } catch (LineReader.LineTooLong e) {
            put(new NodeEvent.BadLine(
                    node,
                    e.line(),
                    "is longer than " + LineReader.LINE_MAX_BYTES + " bytes; limit the size of messages"));
        } catch (IOException e) {
            put(new NodeEvent.Ended(node, "can no longer be read: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The output before the end comes first: a line may say why. */
    private void exited(Process ended) {
        try {
            reader.join(DRAIN_MAX_MILLIS);
            logger.join(DRAIN_MAX_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int code = ended.exitValue();
        // The JVM reports death by signal n as 128 + n, as shells do.
        put(new NodeEvent.Ended(
                node, code > 128 ? "was killed by signal " + (code - 128) : "exited with code " + code));
    }

    private void put(NodeEvent event) {
        try {
            if (!killed) {
                events.put(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
