package dev.gyre.maelstrom.fire;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.process.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Rounds of load in each of which nodes are killed and started again; then all is read back and judged. */
final class KillRun {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FOREVER = Long.MAX_VALUE / 2;
    /** A node is down for less than this, so that it comes back before or after the others have noticed. */
    private static final int DOWN_MAX_MILLIS = 600;

    private final Settings settings;
    private final Consumer<String> progress;
    private final RandomGenerator random;
    private final Arena arena;
    private final Ledger ledger = new Ledger();
    private final Clients clients;
    private final Map<Strike, Integer> strikes = new TreeMap<>();
    private List<Long> oneByOneNanos = List.of();
    private List<Long> allAtOnceNanos = List.of();
    private int kills;

    /**
     * What is done.
     *
     * @param entries written before the first round
     * @param clients at each node
     * @param rate of operations a second that clients make up, at most; 0: each asks as soon as it is answered
     */
    record Settings(int rounds, int nodes, double secondsARound, int entries, int clients, int rate, long seed) {
        private long thinkNanos() {
            return rate == 0 ? 0 : TimeUnit.SECONDS.toNanos((long) clients * nodes) / rate;
        }
    }

    /**
     * What came of it.
     *
     * @param servedAfterNanos of each restart in the rounds, from the start of the process to its first answer
     * @param oneByOneNanos the same of restarts of one node after the other, right after the entries were written
     * @param allAtOnceNanos and then of all of them together
     * @param problems empty if all is well
     */
    record Report(
            Settings settings,
            Map<Strike, Integer> strikes,
            Ledger ledger,
            List<Long> servedAfterNanos,
            List<Long> oneByOneNanos,
            List<Long> allAtOnceNanos,
            int kills,
            int readBack,
            CheckResult verdict,
            List<String> problems) {
        boolean isValid() {
            return problems.isEmpty() && verdict.validity() == Validity.VALID;
        }
    }

    private KillRun(Settings settings, Arena arena, Consumer<String> progress) {
        this.settings = settings;
        this.arena = arena;
        this.progress = progress;
        this.random = new SplittableRandom(settings.seed);
        this.clients = new Clients(arena, ledger, new SplittableRandom(settings.seed + 1), settings.thinkNanos());
    }

    static Report run(Settings settings, ProcessSpec spec, Consumer<String> progress) throws InterruptedException {
        var nodes =
                IntStream.rangeClosed(1, settings.nodes).mapToObj(i -> "n" + i).toList();
        try (var arena = new Arena(nodes, spec)) {
            return new KillRun(settings, arena, progress).run();
        }
    }

    private Report run() throws InterruptedException {
        progress.accept("starting " + arena.nodes());
        arena.nodes().forEach(arena::start);
        clients.connect(settings.clients);
        clients.load(true);
        arena.awaitService();
        if (settings.entries > 0) {
            preload();
        }
        arena.servedAfterNanos().clear();
        for (int round = 0; round < settings.rounds && arena.failures().isEmpty(); round++) {
            round(round);
        }
        var restarts = List.copyOf(arena.servedAfterNanos());
        clients.load(false);
        clients.readBack();
        progress.accept("reading back " + ledger.owed().size() + " keys and more at each node");
        int before = clients.tasksDone();
        arena.run(FOREVER, clients::areTasksDone);
        progress.accept("judging " + ledger.invoked() + " operations");
        var problems = new ArrayList<>(arena.failures());
        problems.addAll(clients.lost());
        return new Report(
                settings,
                strikes,
                ledger,
                restarts,
                oneByOneNanos,
                allAtOnceNanos,
                kills,
                clients.tasksDone() - before,
                ledger.judge(),
                problems);
    }

    /** Fills the log, and restarts nodes with all of it: one after the other, then all at once. */
    private void preload() throws InterruptedException {
        clients.load(false);
        clients.writeOnce(settings.entries);
        long every = TimeUnit.SECONDS.toNanos(1);
        while (!clients.areTasksDone() && arena.failures().isEmpty()) {
            progress.accept("writing entries: " + clients.tasksDone() + " of " + settings.entries);
            arena.run(arena.nowNanos() + every, clients::areTasksDone);
        }
        clients.load(true);
        arena.servedAfterNanos().clear();
        for (var node : arena.nodes()) {
            progress.accept("restarting " + node + " with " + settings.entries + " entries");
            strike(List.of(node));
        }
        oneByOneNanos = List.copyOf(arena.servedAfterNanos());
        arena.servedAfterNanos().clear();
        progress.accept("restarting all nodes with " + settings.entries + " entries");
        strike(arena.nodes());
        allAtOnceNanos = List.copyOf(arena.servedAfterNanos());
    }

    private void strike(List<String> victims) throws InterruptedException {
        clients.nextEpoch();
        kill(victims);
        victims.forEach(arena::start);
        arena.awaitService();
    }

    private void kill(List<String> victims) {
        for (var victim : victims) {
            kills++;
            arena.kill(victim);
            clients.nodeDied(victim);
        }
    }

    private void round(int round) throws InterruptedException {
        long began = arena.nowNanos();
        long length = (long) (settings.secondsARound * TimeUnit.SECONDS.toNanos(1));
        clients.nextEpoch();
        arena.runFor(random.nextLong(1 + length / 2));
        var strike = round < settings.nodes ? Strike.NEXT : Strike.draw(random);
        var victims = strike.victims(arena.nodes(), round, arena.leader(), random);
        strikes.merge(strike, 1, Integer::sum);
        progress.accept(
                "round " + (round + 1) + " of " + settings.rounds + ": " + strike + ": " + String.join(", ", victims)
                        + "; " + ledger.invoked() + " operations, " + ledger.acknowledged() + " acknowledged");
        if (strike == Strike.PAUSE) {
            victims.forEach(arena::pause);
            arena.runFor(length / 2);
            victims.forEach(arena::resume);
        } else {
            kill(victims);
            arena.runFor(random.nextInt(DOWN_MAX_MILLIS) * MILLI);
            victims.forEach(arena::start);
            if (strike == Strike.TWICE) {
                arena.runFor(random.nextInt(DOWN_MAX_MILLIS) * MILLI);
                kill(victims);
                victims.forEach(arena::start);
            }
            arena.awaitService();
        }
        arena.run(began + length, () -> false);
    }
}
