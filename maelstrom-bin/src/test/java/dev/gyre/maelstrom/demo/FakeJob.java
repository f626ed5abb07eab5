package dev.gyre.maelstrom.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Driven;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.NodeHost;
import dev.gyre.maelstrom.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that speak the protocol of word counts and count nothing, in virtual time: they tell of lines that they read at a rate,
 * recover when they are killed, rescale when they are asked, and in the end write the totals that they were given.
 */
final class FakeJob implements NodeHost {
    private static final long TICK_NANOS = 10_000_000;
    private static final long DETECTION_NANOS = 1_500_000_000;
    private static final long COMMIT_NANOS = 400_000_000;

    final List<String> kills = new ArrayList<>();
    final List<Integer> rescales = new ArrayList<>();

    String lastProgress = "";

    private final Timeline timeline;
    private final long lines;
    private final Map<String, Long> totals;
    private final Path output;
    private final Map<String, Long> records = new TreeMap<>();
    private final TreeSet<String> down = new TreeSet<>();
    private List<String> workers = List.of("n0", "n1", "n2");
    private String leader = "n1";
    private long generation = 1;
    private long read;
    private boolean isStopped;
    private Fault fault = Fault.NONE;
    private @Nullable Driven driven;

    /** What is wrong with the nodes. */
    enum Fault {
        NONE,
        NEVER_RECOVERS,
        REFUSES_RESCALES,
        DIES
    }

    FakeJob(Timeline timeline, long lines, Map<String, Long> totals, Path output) {
        this.timeline = timeline;
        this.lines = lines;
        this.totals = totals;
        this.output = output;
        timeline.after(TICK_NANOS, this::tick);
    }

    FakeJob with(Fault newFault) {
        fault = newFault;
        return this;
    }

    /** Jumps from one thing that is due to the next. */
    void drive(Driven script, Supplier<String> progress) {
        driven = script;
        script.start();
        while (!script.isDone()) {
            timeline.advanceTo(timeline.nextNanos().orElseThrow());
            lastProgress = progress.get();
        }
    }

    private void tick() {
        if (!isStopped && down.stream().noneMatch(workers::contains)) {
            for (var worker : workers) {
                records.computeIfPresent(worker, (node, count) -> count + 1);
            }
            read += workers.size();
        }
        if (read >= lines && !isStopped) {
            isStopped = true;
            write();
        }
        timeline.after(TICK_NANOS, this::tick);
    }

    private void write() {
        try {
            Files.createDirectories(output);
            int i = 0;
            for (var total : totals.entrySet()) {
                var file = output.resolve("part-" + i++ % 3);
                var before = Files.exists(file) ? Files.readString(file) : "";
                Files.writeString(file, before + total.getKey() + "\t" + total.getValue() + "\n");
            }
            Files.writeString(output.resolve(".part-open"), "not yet there\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> start(String node) {
        down.remove(node);
        records.put(node, 0L);
        return Optional.empty();
    }

    @Override
    public void kill(String node) {
        kills.add(node + (workers.contains(node) ? " works" : "") + (node.equals(leader) ? " decides" : ""));
        down.add(node);
        if (fault != Fault.NEVER_RECOVERS) {
            timeline.after(DETECTION_NANOS, () -> recover(node));
        }
    }

    private void recover(String lost) {
        if (leader.equals(lost)) {
            leader = lost.equals("n4") ? "n3" : "n4";
        }
        if (workers.contains(lost)) {
            var left = new ArrayList<>(workers);
            left.remove(lost);
            Demo.NODES.stream()
                    .filter(node -> !workers.contains(node))
                    .findFirst()
                    .ifPresent(left::add);
            workers = List.copyOf(left);
            generation++;
        }
    }

    @Override
    public void deliver(String node, long number, Letter letter) {
        var body = letter.toBody();
        switch (letter.type()) {
            case "init" -> reply(node, letter, Json.body("init_ok"), 0);
            case "job_status" -> reply(node, letter, status(node), 0);
            case "rescale" -> rescale(node, letter, body.path("workers").asInt());
            default -> reply(node, letter, Json.body("error").put("code", 10), 0);
        }
    }

    private ObjectNode status(String node) {
        var status = Json.body("job_status_ok")
                .put("phase", isStopped ? "complete" : "running")
                .put("leader", leader)
                .put("generation", generation)
                .put("snapshot", read / 100)
                .put("records", records.getOrDefault(node, 0L));
        workers.forEach(status.putArray("workers")::add);
        return status;
    }

    private void rescale(String node, Letter letter, int to) {
        rescales.add(to);
        if (fault == Fault.DIES) {
            var script = Objects.requireNonNull(driven);
            timeline.after(0, () -> script.accept(new NodeEvent.Ended(node, "exited with code 3")));
        }
        // The first time it is asked it is not ready.
        if (rescales.size() == 1 || fault == Fault.REFUSES_RESCALES) {
            reply(node, letter, Json.body("error").put("code", 11).put("text", "not now"), 0);
            return;
        }
        timeline.after(COMMIT_NANOS, () -> workers = List.copyOf(Demo.NODES.subList(0, to)));
        reply(node, letter, Json.body("rescale_ok"), COMMIT_NANOS);
    }

    private void reply(String node, Letter request, ObjectNode body, long afterNanos) {
        request.msgId().ifPresent(id -> body.put("in_reply_to", id));
        timeline.after(afterNanos + 1, () -> {
            if (!down.contains(node)) {
                Objects.requireNonNull(driven)
                        .accept(new NodeEvent.Sent(node, Optional.empty(), Letter.ofBody(node, request.src(), body)));
            }
        });
    }

    @Override
    public void pause(String node) {
        throw new UnsupportedOperationException(node);
    }

    @Override
    public void resume(String node) {
        throw new UnsupportedOperationException(node);
    }

    @Override
    public Optional<String> refusal(String node) {
        return Optional.empty();
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return Optional.empty();
    }

    @Override
    public List<String> logTail(String node) {
        return List.of("last words of " + node);
    }
}
