package dev.gyre.maelstrom.fire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Driven;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.Nodes;
import dev.gyre.maelstrom.engine.Problems;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.process.ProcessDriver;
import dev.gyre.maelstrom.process.ProcessHost;
import dev.gyre.maelstrom.process.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Five processes of a job that answers questions. Workers are killed one after the other, and it is measured how long until all keys are answered again; then a majority of the
 * nodes is killed for a while, in which nothing may be acknowledged and memory may not grow.
 */
final class ClusterKillRun {
    static final List<String> NODES = List.of("n0", "n1", "n2", "n3", "n4");
    private static final int KEYS = 64;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();
    /** What is under way when a quorum is lost may still be answered for so long. */
    private static final long DYING_NANOS = Duration.ofSeconds(3).toNanos();

    private static final double NANOS_PER_SECOND = 1e9;

    private final Timeline timeline = new Timeline();
    private final Consumer<String> progress;
    private final ProcessHost host;
    private final ProcessDriver driver;
    private final Nodes nodes;
    private final Questioner questioner;
    private final RandomGenerator random;
    private @Nullable String failure;

    /**
     * What is to be done.
     *
     * @param command runs a node
     * @param kills of workers
     * @param withoutQuorum for how long there is none, in seconds; 0 leaves that out
     * @param seed chooses who is killed, and when
     */
    record Settings(List<String> command, int kills, int withoutQuorum, long seed) {}

    /**
     * What came of it.
     *
     * @param recoveries from each kill to answers for all keys, in nanoseconds, sorted
     * @param heaps bytes of living objects of a node without a quorum, at the beginning and at the end
     * @param late adds that were acknowledged without a quorum
     * @param returnNanos from the start of the nodes that were missing to answers for all keys
     */
    record Report(
            List<Long> recoveries,
            List<Long> heaps,
            long late,
            long returnNanos,
            long acknowledged,
            List<String> violations) {
        long medianNanos() {
            return recoveries.isEmpty() ? 0 : recoveries.get(recoveries.size() / 2);
        }
    }

    private ClusterKillRun(Settings settings, Path folder, Consumer<String> progress) throws IOException {
        this.progress = progress;
        var random = new RandomStreams(settings.seed());
        var network = new SimulatedNetwork(
                timeline, Latency.constant(Duration.ZERO), random.fork("latency"), new SimulatedNetwork.Observer() {});
        host = new ProcessHost(new ProcessSpec(
                settings.command(),
                folder,
                Files.createDirectories(folder.resolve("node-logs")),
                folder.resolve("node-data").toAbsolutePath(),
                Optional.empty()));
        driver = new ProcessDriver(host, timeline, Duration.ofSeconds(1).toNanos());
        nodes = new Nodes(NODES, host, timeline, network, new Problems(line -> {}), why -> failure = why.sentence());
        nodes.initTimeout(Duration.ofNanos(PATIENCE_NANOS));
        questioner = new Questioner(timeline, nodes, KEYS);
        this.random = random.fork("victims");
    }

    static Report run(Settings settings, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        var run = new ClusterKillRun(settings, folder, progress);
        try {
            return run.run(settings);
        } finally {
            run.host.close();
        }
    }

    private Report run(Settings settings) throws IOException, InterruptedException {
        var isUp = new boolean[1];
        nodes.start(() -> isUp[0] = true);
        await("all nodes to start", () -> isUp[0]);
        questioner.start();
        await("all keys to be answered", () -> questioner.isAnsweredSince(0));
        var recoveries = new ArrayList<Long>();
        for (int i = 0; i < settings.kills(); i++) {
            recoveries.add(kill(i));
        }
        Collections.sort(recoveries);
        return settings.withoutQuorum() > 0
                ? loseQuorum(
                        recoveries, Duration.ofSeconds(settings.withoutQuorum()).toNanos())
                : report(recoveries, List.of(), 0, 0);
    }

    private Report loseQuorum(List<Long> recoveries, long nanos) throws IOException, InterruptedException {
        var lost = NODES.subList(2, NODES.size());
        lost.forEach(nodes::kill);
        pause(DYING_NANOS);
        long before = questioner.acknowledged();
        var heaps = new ArrayList<>(heapsOfLive());
        pause(nanos);
        heaps.addAll(heapsOfLive());
        long late = questioner.acknowledged() - before;
        long from = timeline.nowNanos();
        lost.forEach(nodes::restart);
        await("all keys to be answered again", () -> questioner.isAnsweredSince(from));
        return report(recoveries, heaps, late, timeline.nowNanos() - from);
    }

    private Report report(List<Long> recoveries, List<Long> heaps, long late, long returnNanos) {
        return new Report(
                recoveries, heaps, late, returnNanos, questioner.acknowledged(), List.copyOf(questioner.violations()));
    }

    private long kill(int number) throws InterruptedException {
        pause(CALM_NANOS + random.nextLong(CALM_NANOS));
        var workers = new ArrayList<String>();
        nodes.ask(nodes.live().getFirst(), Json.body("job_status"), CALM_NANOS, reply -> addWorkers(reply, workers));
        await("a node to tell who works", () -> !workers.isEmpty());
        var victim = workers.get(random.nextInt(workers.size()));
        long killedNanos = timeline.nowNanos();
        nodes.kill(victim);
        await("all keys to be answered after the death of " + victim, () -> questioner.isAnsweredSince(killedNanos));
        long recovery = timeline.nowNanos() - killedNanos;
        progress.accept(String.format(
                Locale.ROOT,
                "%d: %s is killed, answers after %.2f s",
                number + 1,
                victim,
                recovery / NANOS_PER_SECOND));
        nodes.restart(victim);
        await(victim + " to be back", () -> nodes.live().contains(victim));
        return recovery;
    }

    private static void addWorkers(Optional<ObjectNode> reply, List<String> workers) {
        reply.ifPresent(body -> body.path("workers").forEach(worker -> workers.add(worker.asText())));
    }

    private void pause(long nanos) throws InterruptedException {
        long until = timeline.nowNanos() + nanos;
        timeline.at(until, () -> {});
        drive(() -> timeline.nowNanos() >= until);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = timeline.nowNanos() + PATIENCE_NANOS;
        timeline.at(deadline, () -> {});
        drive(() -> condition.getAsBoolean() || timeline.nowNanos() >= deadline);
        if (!condition.getAsBoolean()) {
            throw new IllegalStateException("waited a minute for " + what + ", in vain");
        }
    }

    private void drive(BooleanSupplier isOver) throws InterruptedException {
        driver.drive(
                new Driven() {
                    @Override
                    public void start() {}

                    @Override
                    public boolean isDone() {
                        return isOver.getAsBoolean() || failure != null;
                    }

                    @Override
                    public void accept(NodeEvent event) {
                        nodes.accept(event);
                    }
                },
                () -> {});
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** Bytes of living objects in the JVM of each node that lives, as a full collection finds them. */
    private List<Long> heapsOfLive() throws IOException, InterruptedException {
        var heaps = new ArrayList<Long>();
        for (var node : nodes.live()) {
            heaps.add(livingBytes(host.pid(node)));
        }
        return heaps;
    }

    private static long livingBytes(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("jcmd does not end");
        }
        var total = out.lines().filter(line -> line.startsWith("Total")).findFirst();
        var words = total.orElseThrow(() -> new IOException("jcmd said: " + out))
                .trim()
                .split("\\s+", -1);
        return Long.parseLong(words[2]);
    }
}
