package dev.gyre.maelstrom.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.demo.WordCountNodes.Status;
import dev.gyre.maelstrom.engine.Driven;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.NodeHost;
import dev.gyre.maelstrom.engine.Nodes;
import dev.gyre.maelstrom.engine.Problems;
import dev.gyre.maelstrom.engine.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The script: nodes start and count; a worker is killed and comes back; the job goes from three workers to five; the node that decides is killed and
 * comes back; the job goes to two, and ends; its totals are compared with a plain count. It is told as it happens. When the
 * input is at its end earlier, what is left of the script is passed over.
 */
public final class Demo {
    /** The nodes. */
    public static final List<String> NODES = List.of("n0", "n1", "n2", "n3", "n4");

    /** How many of them work at first. */
    public static final int WORKERS = 3;

    private static final int MORE_WORKERS = 5;
    private static final int FEW_WORKERS = 2;

    /** How long each stretch of the story is left alone, so that a reader can follow. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

    /** How long a killed node stays away. */
    private static final long AWAY_NANOS = Duration.ofSeconds(1).toNanos();

    /** Waiting longer than this means that something is wrong, on a busy machine too. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long AGAIN_NANOS = Duration.ofMillis(300).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Timeline timeline;
    private final Driver driver;
    private final Consumer<String> teller;
    private final Nodes nodes;
    private final JobWatch watch;
    private String doing = "starting";
    /** The job was over before the script was. */
    private boolean isCut;

    private @Nullable RunFailure failure;

    /** Moves the time and passes on what nodes do, until something is done. */
    @FunctionalInterface
    public interface Driver {
        /**
         * Drives.
         *
         * @param progress says what goes on, in a line, for whoever waits
         */
        void drive(Driven driven, Supplier<String> progress) throws InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param words how many different words there are
     * @param differences what was counted wrong, a sentence each; empty when all is right
     */
    public record Outcome(int words, List<String> differences) {}

    /**
     * A script that has not begun.
     *
     * @param host runs the nodes, which are told where the input and the output are
     * @param teller is told the story, a line at a time
     */
    public Demo(Timeline timeline, NodeHost host, Driver driver, Consumer<String> teller) {
        this.timeline = timeline;
        this.driver = driver;
        this.teller = teller;
        var random = new RandomStreams(0);
        var network = new SimulatedNetwork(
                timeline, Latency.constant(Duration.ZERO), random.fork("latency"), new SimulatedNetwork.Observer() {});
        nodes = new Nodes(NODES, host, timeline, network, new Problems(teller), this::broken);
        nodes.initTimeout(Duration.ofNanos(PATIENCE_NANOS));
        watch = new JobWatch(timeline, nodes);
    }

    private String progress() {
        var state = watch.status()
                .filter(status -> !status.workers().isEmpty())
                .map(status -> String.format(
                        Locale.ROOT,
                        "; %,d lines read, workers %s, snapshot %d",
                        watch.lines(),
                        String.join(" ", status.workers()),
                        status.snapshot()))
                .orElse("");
        return now() + doing + state;
    }

    /**
     * Goes through the script.
     *
     * @param output where nodes write their totals
     * @throws DemoFailure when a node does what it must not, or something does not happen in time
     */
    public Outcome run(TextInput input, Path output) throws InterruptedException, IOException, DemoFailure {
        start();
        kill("a worker", this::isMiddling);
        rescale(MORE_WORKERS);
        kill("the node that decides", node -> node.equals(status().leader()));
        rescale(FEW_WORKERS);
        doing = "counting the rest";
        while (!isComplete()) {
            long from = timeline.nowNanos();
            await("lines to be read, or the job to end", () -> isComplete() || watch.flowsSince(from, 0));
        }
        tell("The job is complete" + (isCut ? ": with a larger text the story is longer" : ""));
        return compare(input, output);
    }

    private void start() throws InterruptedException, DemoFailure {
        tell(names(NODES) + " start");
        doing = "starting";
        var isUp = new AtomicReference<>(false);
        nodes.start(() -> isUp.set(true));
        await("all nodes to answer init", isUp::get);
        watch.start();
        await("lines to be read", () -> watch.flowsSince(0, 0) || isComplete());
        tell("Lines are read by " + names(status().workers()) + "; " + status().leader() + " decides");
    }

    /** Whether a node works, but does not decide; and is not the last, whose going would change least. */
    private boolean isMiddling(String node) {
        return status().workers().contains(node) && !node.equals(status().leader()) && !node.equals(NODES.getLast());
    }

    private void kill(String what, Predicate<String> chosen) throws InterruptedException, DemoFailure {
        if (!goOn()) {
            return;
        }
        await(
                "a node that is " + what,
                () -> isComplete() || nodes.live().stream().anyMatch(chosen));
        var candidate = nodes.live().stream().filter(chosen).findFirst();
        if (candidate.isEmpty() || isComplete()) {
            return;
        }
        var victim = candidate.get();
        var before = status();
        boolean worked = before.workers().contains(victim);
        long killedNanos = timeline.nowNanos();
        var alsoWorked = worked && victim.equals(before.leader()) ? "; it worked, too" : "";
        tell(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ", " + victim + ", is killed (kill -9)"
                + alsoWorked);
        nodes.kill(victim);
        watch.forget(victim);
        doing = victim + " is down";
        timeline.after(AWAY_NANOS, () -> {
            nodes.restart(victim);
            tell(victim + " is started again");
        });
        long generation = before.generation() + (worked ? 1 : 0);
        await(
                "lines to be read again without " + victim,
                () -> isComplete()
                        || (watch.flowsSince(killedNanos, generation)
                                && !status().leader().isEmpty()
                                && !(status().leader().equals(victim)
                                        && !nodes.live().contains(victim))));
        tell("Lines are read again, " + seconds(timeline.nowNanos() - killedNanos) + " after the kill, by "
                + names(status().workers()) + "; " + status().leader() + " decides");
        await(victim + " to be up again", () -> nodes.live().contains(victim));
    }

    private void rescale(int workers) throws InterruptedException, DemoFailure {
        if (!goOn()) {
            return;
        }
        int before = status().workers().size();
        doing = "rescaling from " + before + " to " + workers;
        long askedNanos = timeline.nowNanos();
        var asking = new Rescaling(workers);
        asking.ask();
        await("the job to be rescaled to " + workers + " workers", () -> isComplete() || asking.isDone);
        if (!asking.isDone) {
            isCut = true;
            return;
        }
        long doneNanos = timeline.nowNanos();
        await(
                "lines to be read by " + workers + " workers",
                () -> isComplete() || (status().workers().size() == workers && watch.flowsSince(doneNanos, 0)));
        tell("Rescaled from " + before + " workers to " + workers + " while it counts, in "
                + seconds(doneNanos - askedNanos) + ": " + names(status().workers()));
    }

    /** A rescale that is asked for until it is done: a node may refuse while it recovers. */
    private final class Rescaling {
        private final int workers;
        private boolean isDone;

        Rescaling(int workers) {
            this.workers = workers;
        }

        void ask() {
            var live = nodes.live();
            var node = live.stream()
                    .filter(it -> !it.equals(status().leader()))
                    .findFirst()
                    .orElse(NODES.getFirst());
            nodes.ask(node, WordCountNodes.askRescale(workers), ANSWER_NANOS, this::answered);
        }

        private void answered(Optional<ObjectNode> reply) {
            isDone = reply.filter(WordCountNodes::isRescaled).isPresent();
            if (!isDone) {
                var why = reply.map(body -> body.path("text").asText(body.toString()))
                        .orElse("no answer");
                doing = "rescaling to " + workers + " (" + why + ")";
                timeline.after(AGAIN_NANOS, this::ask);
            }
        }
    }

    /** Lets the job be for a while; false when it is over. */
    private boolean goOn() throws InterruptedException, DemoFailure {
        doing = "counting";
        long until = timeline.nowNanos() + PAUSE_NANOS;
        timeline.at(until, () -> {});
        await("time to pass", () -> isComplete() || timeline.nowNanos() >= until);
        isCut |= isComplete();
        return !isComplete();
    }

    private Outcome compare(TextInput input, Path output) throws IOException, DemoFailure {
        var counted = WordCountNodes.totals(output);
        var plain = input.plainCount();
        long sum = plain.values().stream().mapToLong(Long::longValue).sum();
        var differences = TextInput.differences(plain, counted);
        if (differences.isEmpty()) {
            tell("The totals of all " + number(plain.size()) + " different words are those of a plain count: "
                    + number(sum) + " words, each counted once");
        } else {
            tell("The totals of " + number(differences.size()) + " of " + number(plain.size())
                    + " different words are not those of a plain count");
        }
        return new Outcome(plain.size(), differences);
    }

    private Status status() {
        return watch.status().orElse(new Status("", "", List.of(), 0, 0, 0));
    }

    private boolean isComplete() {
        return status().isComplete();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException, DemoFailure {
        long deadline = timeline.nowNanos() + PATIENCE_NANOS;
        timeline.at(deadline, () -> {});
        driver.drive(
                new Driven() {
                    @Override
                    public void start() {}

                    @Override
                    public boolean isDone() {
                        return condition.getAsBoolean() || failure != null || timeline.nowNanos() >= deadline;
                    }

                    @Override
                    public void accept(NodeEvent event) {
                        nodes.accept(event);
                    }
                },
                this::progress);
        if (failure != null) {
            throw new DemoFailure(failure.sentence(), failure.logTail());
        }
        if (!condition.getAsBoolean()) {
            throw new DemoFailure("waited " + Duration.ofNanos(PATIENCE_NANOS).toSeconds() + " s for " + what
                    + ", in vain (" + doing + "). " + state() + " The logs of the nodes may tell why");
        }
    }

    private String state() {
        return watch.status()
                .map(status -> String.format(
                        Locale.ROOT,
                        "The last that was heard: phase \"%s\", generation %d, workers %s, leader \"%s\", %,d lines read.",
                        status.phase(),
                        status.generation(),
                        names(status.workers()),
                        status.leader(),
                        watch.lines()))
                .orElse("No node told how the job stands.");
    }

    private void broken(RunFailure why) {
        if (failure == null) {
            failure = why;
        }
    }

    private void tell(String text) {
        teller.accept(now() + text);
    }

    private String now() {
        return String.format(Locale.ROOT, "%5.1f s  ", timeline.nowNanos() / NANOS_PER_SECOND);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String names(List<String> names) {
        return String.join(" ", names);
    }
}
