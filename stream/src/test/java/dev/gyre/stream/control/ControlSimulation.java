package dev.gyre.stream.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A job's control for one seed: nodes with coordinators, workers, a user, and a log whose entries are lost, late, doubled or of unknown fate. First
 * everything goes wrong, then nothing does, and the job must come to its end.
 */
final class ControlSimulation {
    private static final int GROUPS = 8;
    private static final long ROUND_NANOS = Duration.ofMillis(5).toNanos();
    private static final int FAULTY_ROUNDS = 200;
    private static final int QUIET_ROUNDS = 1500;

    private record Mail(SimulatedNode to, ControlInput input, int round) {}

    private final long seed;
    private final Random random;
    private final boolean isBounded;
    private final SimulatedWorld world = new SimulatedWorld();
    private final SimulatedLog log = new SimulatedLog(GROUPS, world);
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final SimulatedUser user;
    private final List<SimulatedNode.Flying> flying = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();
    private SimulatedNode leader;
    private int round;
    private int partitionsMade;

    ControlSimulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.isBounded = random.nextInt(3) > 0;
        var ids = List.of(0, 2, 3, 7, 40).subList(0, 2 + random.nextInt(4));
        var settings = new ControlSettings(
                1 + random.nextInt(2),
                Duration.ofMillis(150),
                Duration.ofMillis(20),
                random.nextInt(3) > 0 ? Optional.of(Duration.ofMillis(60)) : Optional.empty(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(25),
                1 + random.nextInt(3));
        for (int id = 0; id < 3; id++) {
            nodes.add(new SimulatedNode(id, log, settings, GROUPS, random));
        }
        ids.forEach(id -> workers.add(new SimulatedWorker(id, world, log, random)));
        user = new SimulatedUser(random, log.oracle(), ids);
        world.sources.put("a", new TreeSet<>(List.of("a1", "a2", "a3", "a4", "a5")));
        world.sources.put("b", new TreeSet<>());
        world.closed.add("a");
        leader = nodes.getFirst();
    }

    /** What went wrong, with the seed; empty if nothing did. */
    static Optional<String> failure(long seed) {
        try {
            new ControlSimulation(seed).run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of("seed " + seed + ": " + e);
        }
    }

    /** The first failure among the seeds from 1; empty if there is none. */
    static String firstFailure(int seeds) {
        return IntStream.rangeClosed(1, seeds)
                .mapToObj(ControlSimulation::failure)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** The log of the run, for who looks for a mistake. */
    List<String> lines() {
        return IntStream.range(0, log.size())
                .mapToObj(index ->
                        log.line(index).entry() + " -> " + log.line(index).decisions())
                .toList();
    }

    void run() {
        lead(leader);
        for (round = 0; round < FAULTY_ROUNDS; round++) {
            disturb();
            turn(true);
        }
        heal();
        boolean isDone = false;
        for (; round < FAULTY_ROUNDS + QUIET_ROUNDS && !isDone; round++) {
            turn(false);
            if (log.state().phase() == JobPhase.SUSPENDED && user.isContent()) {
                user.resume();
            }
            isDone = isSettled();
        }
        if (!isDone) {
            throw new AssertionError("the job does not settle: " + log.state().phase() + ", under way "
                    + log.state().operation() + ", open " + user.open() + ", finished "
                    + log.state().finishedSources());
        }
    }

    private boolean isSettled() {
        var state = log.state();
        boolean isAtItsEnd = isBounded
                ? state.phase() == JobPhase.COMPLETE
                : state.phase() == JobPhase.RUNNING && !state.isRescaledSinceSnapshot();
        return isAtItsEnd
                && state.operation().isEmpty()
                && user.isContent()
                && nodes.stream().allMatch(SimulatedNode::isUpToDate);
    }

    private void lead(SimulatedNode node) {
        leader = node;
        node.leads = true;
        step(node, new ControlInput.Leads());
    }

    private void disturb() {
        if (random.nextInt(25) == 0) {
            lead(any(nodes));
        }
        for (var node : nodes) {
            if (node.leads && node != leader && random.nextInt(5) == 0) {
                node.leads = false;
                step(node, new ControlInput.Follows());
            }
        }
        if (random.nextInt(60) == 0) {
            var node = any(nodes);
            node.restart();
            if (node == leader) {
                lead(any(nodes));
            }
        }
        if (random.nextInt(50) == 0) {
            any(workers).isUp = false;
        }
        if (random.nextInt(60) == 0) {
            any(workers).mutedUntil = round + random.nextInt(60);
        }
        for (var worker : workers) {
            if (!worker.isUp && random.nextInt(20) == 0) {
                worker.restart();
            }
        }
        if (random.nextInt(12) == 0) {
            user.askAny();
        }
        if (random.nextInt(12) == 0) {
            world.partitions("b").add("b" + partitionsMade++);
        }
        if (random.nextInt(40) == 0) {
            world.partitions("b").pollFirst();
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void heal() {
        for (var node : nodes) {
            if (node.leads && node != leader) {
                node.leads = false;
                step(node, new ControlInput.Follows());
            }
        }
        workers.stream().filter(worker -> !worker.isUp).forEach(SimulatedWorker::restart);
        workers.forEach(worker -> worker.mutedUntil = 0);
        if (isBounded) {
            world.closed.add("b");
        }
    }

    private void turn(boolean isFaulty) {
        for (var one : List.copyOf(flying)) {
            if (one.round() <= round && flying.remove(one)) {
                log.commit(one.entry());
            }
        }
        for (var node : nodes) {
            node.fly(round, flying).ifPresent(input -> step(node, input));
            int steps = isFaulty ? random.nextInt(6) : Integer.MAX_VALUE;
            for (int i = 0; i < steps && node.applyNext(); i++) {
                step(node, new ControlInput.StateChanged());
            }
            for (var input = node.afterApplied(node == leader); input.isPresent(); ) {
                step(node, input.get());
                input = node.afterApplied(node == leader);
            }
        }
        for (var worker : workers) {
            if (worker.isUp) {
                worker.turn(round, isFaulty, report -> send(worker, report, isFaulty));
            }
        }
        var due = mails.stream().filter(mail -> mail.round <= round).toList();
        mails.removeIf(mail -> mail.round <= round);
        due.forEach(mail -> step(mail.to, mail.input));
        for (var request : user.sending()) {
            step(isFaulty ? any(nodes) : leader, new ControlInput.Requested(request));
        }
        nodes.forEach(node -> step(node, new ControlInput.Tick()));
    }

    private void send(SimulatedWorker from, Report report, boolean isFaulty) {
        if (isFaulty && from.mutedUntil > round) {
            return;
        }
        var input = new ControlInput.Reported(from.id, report);
        for (var node : nodes) {
            int copies = isFaulty ? random.nextInt(3) : 1;
            for (int i = 0; node.leads && i < copies; i++) {
                mails.add(new Mail(node, input, round + (isFaulty ? random.nextInt(5) : 0)));
            }
        }
    }

    private void step(SimulatedNode node, ControlInput input) {
        var output = node.step(input, round * ROUND_NANOS);
        boolean isFaulty = round < FAULTY_ROUNDS;
        if (output.read()) {
            node.read();
        }
        output.propose().ifPresent(entry -> node.propose(entry, round, isFaulty));
        output.answers().forEach(user::told);
        output.solicit()
                .ifPresent(solicitation -> workers.stream()
                        .filter(worker -> worker.isUp && solicitation.workers().contains(worker.id))
                        .filter(worker -> !isFaulty || random.nextInt(4) > 0)
                        .forEach(worker -> worker.tell(report -> send(worker, report, isFaulty))));
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
