package dev.gyre.core.simulation;

import dev.gyre.core.ServiceFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of services in one thread, under virtual time and faults, drawn from a seed.
 *
 * <p>The {@linkplain dev.gyre.core.simulation package's page} shows how it is used.
 *
 * <p>A run has two phases. In the first, faults strike: those of a plan, or a swarm drawn from the seed. Then all
 * is mended, and after a time to settle the scenario makes its last requests and checks what must hold. An exception from a
 * service that is not an answer fails the run, as does a broken invariant.
 *
 * <p>An object of this class says what is run; it may be run any number of times, but is not to be changed meanwhile.
 *
 * @param <M> the payloads of the nodes
 * @param <S> their local signals
 */
public final class Simulation<M, S> {
    private static final Logger log = LoggerFactory.getLogger(Simulation.class);

    /** When so small a share of the time to settle is over, who has ended meanwhile is started once more. */
    private static final int RESTART_SHARE = 10;

    /** How long the last requests have to be answered. */
    private static final Duration LAST_REPLIES = Duration.ofSeconds(5);

    private final Class<M> payloads;
    private final ServiceFactory<M, S> factory;
    private final List<Part<?, ?>> services = new ArrayList<>();
    private final Set<FaultKind> kinds = EnumSet.copyOf(FaultKind.USUAL);
    private List<String> nodeIds = List.of("n0", "n1", "n2");
    private List<String> arguments = List.of();
    private Latency latency = Latency.exponential(Duration.ofMillis(10));
    private Duration chaos = Duration.ofSeconds(30);
    private Duration settle = Duration.ofSeconds(10);
    private FaultPlan plan = FaultPlan.NONE;
    private boolean isPlanned;

    /** One participant: a node of the cluster, or a service beside it. */
    record Part<P, T>(String id, Class<P> payloads, ServiceFactory<P, T> factory, List<String> arguments) {}

    private Simulation(Class<M> payloads, ServiceFactory<M, S> factory) {
        this.payloads = payloads;
        this.factory = factory;
    }

    /** A simulation of three nodes with this service, for 30 s of the {@linkplain FaultKind#USUAL usual} faults and 10 s to settle. */
    public static <M, S> Simulation<M, S> of(Class<M> payloads, ServiceFactory<M, S> factory) {
        return new Simulation<>(payloads, factory);
    }

    /** With this many nodes, at least 1: {@code n0}, {@code n1}, …. */
    public Simulation<M, S> nodes(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a cluster has at least 1 node, not " + count);
        }
        nodeIds = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
        return this;
    }

    /** With these arguments for each node. */
    public Simulation<M, S> arguments(String... newArguments) {
        arguments = List.of(newArguments);
        return this;
    }

    /** With a service beside the cluster, such as {@code lin-kv}: faults leave it and its links alone. */
    public <P, T> Simulation<M, S> with(String id, Class<P> servicePayloads, ServiceFactory<P, T> serviceFactory) {
        services.add(new Part<>(id, servicePayloads, serviceFactory, List.of()));
        return this;
    }

    /** With messages between nodes that take this long. */
    public Simulation<M, S> latency(Latency newLatency) {
        latency = newLatency;
        return this;
    }

    /** With faults for this long. */
    public Simulation<M, S> chaos(Duration duration) {
        chaos = duration;
        return this;
    }

    /** With this much time between the end of all faults and the last requests. */
    public Simulation<M, S> settle(Duration duration) {
        settle = duration;
        return this;
    }

    /** With a swarm of these kinds of faults only; of none, if the set is empty. */
    public Simulation<M, S> faults(Set<FaultKind> allowed) {
        kinds.clear();
        kinds.addAll(allowed);
        isPlanned = false;
        return this;
    }

    /** With exactly these faults. */
    public Simulation<M, S> faults(FaultPlan newPlan) {
        plan = newPlan;
        isPlanned = true;
        return this;
    }

    Class<M> payloads() {
        return payloads;
    }

    List<String> nodeIds() {
        return nodeIds;
    }

    Latency latency() {
        return latency;
    }

    long chaosNanos() {
        return chaos.toNanos();
    }

    /**
     * Runs one seed.
     *
     * @throws SimulationFailure when the run does not hold
     */
    public Report run(long seed, Scenario<M> scenario) {
        var timeline = new Timeline();
        return run(new RandomStreams(seed), scenario, timeline, new Trace(timeline, false));
    }

    /** All that chance decides in the run of a seed, whether it holds or not. */
    public Choices record(long seed, Scenario<M> scenario) {
        var timeline = new Timeline();
        var choices = new Choices();
        try {
            run(new RandomStreams(seed).recordingTo(choices), scenario, timeline, new Trace(timeline, false));
        } catch (SimulationFailure failure) {
            log.info("seed {} does not hold; {} choices were recorded", seed, choices.size());
        }
        return choices;
    }

    /**
     * Runs what chance decided in another run, or what somebody made of it.
     *
     * @throws SimulationFailure when the run does not hold
     */
    public Report replay(Choices choices, Scenario<M> scenario) {
        var timeline = new Timeline();
        return run(RandomStreams.replaying(choices), scenario, timeline, new Trace(timeline, false));
    }

    /**
     * Runs a number of seeds, from the first one on.
     *
     * @throws SimulationFailure of the first run that does not hold
     */
    public void sweep(long firstSeed, int count, Scenario<M> scenario) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            run(seed, scenario);
        }
    }

    /**
     * Runs a seed twice, and compares.
     *
     * @throws SimulationFailure when the runs differ, naming the first event that does; or when one does not hold
     */
    public Report verify(long seed, Scenario<M> scenario) {
        var first = new Timeline();
        var firstTrace = new Trace(first, true);
        var report = run(new RandomStreams(seed), scenario, first, firstTrace);
        var second = new Timeline();
        var secondTrace = new Trace(second, true);
        run(new RandomStreams(seed), scenario, second, secondTrace);
        if (firstTrace.hash() != secondTrace.hash()) {
            throw new SimulationFailure(seed, differs(seed, firstTrace.lines(), secondTrace.lines()));
        }
        return report;
    }

    private static String differs(long seed, List<String> first, List<String> second) {
        int same = 0;
        while (same < Math.min(first.size(), second.size()) && first.get(same).equals(second.get(same))) {
            same++;
        }
        return "seed " + seed + " is not deterministic: event " + same + " is \"" + line(first, same)
                + "\" in one run and \"" + line(second, same) + "\" in the next";
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "the end";
    }

    private Report run(RandomStreams streams, Scenario<M> scenario, Timeline timeline, Trace trace) {
        long seed = streams.seed();
        var struck = isPlanned ? plan : FaultKind.swarm(kinds, nodeIds, chaos, streams);
        try {
            play(scenario, timeline, new SimulationRun<>(this, streams, timeline, trace), struck);
        } catch (RuntimeException | AssertionError e) {
            throw new SimulationFailure(seed, failed(seed, timeline, trace, struck, e), e);
        }
        return new Report(seed, trace.hash(), trace.events(), Duration.ofNanos(timeline.nowNanos()), struck);
    }

    private void play(Scenario<M> scenario, Timeline timeline, SimulationRun<M> run, FaultPlan struck) {
        services.forEach(run::start);
        for (var id : nodeIds) {
            run.start(new Part<>(id, payloads, factory, arguments));
        }
        struck.steps().forEach(step -> {
            if (step.at().compareTo(chaos) < 0) {
                timeline.at(step.at().toNanos(), () -> run.inject(step.fault()));
            }
        });
        scenario.play(run);
        advance(timeline, run, chaos);
        run.healAll();
        advance(timeline, run, chaos.plus(settle.dividedBy(RESTART_SHARE)));
        run.restartEnded();
        advance(timeline, run, chaos.plus(settle));
        run.settled();
        advance(timeline, run, Duration.ofNanos(timeline.nowNanos()).plus(LAST_REPLIES));
        run.runChecks();
    }

    private void advance(Timeline timeline, SimulationRun<M> run, Duration until) {
        while (!run.isFinished() && timeline.runNext(until.toNanos())) {
            run.throwNodeFailure();
        }
        if (!run.isFinished()) {
            timeline.advanceTo(until.toNanos());
        }
    }

    private static String failed(long seed, Timeline timeline, Trace trace, FaultPlan struck, Throwable cause) {
        var message = new StringBuilder("seed %d fails at %.6f s; run(%d, …) replays it (trace hash %016x, %d events)%n"
                .formatted(seed, timeline.nowNanos() / 1e9, seed, trace.hash(), trace.events()));
        message.append(cause.getMessage()).append("\nfaults:");
        struck.steps()
                .forEach(step ->
                        message.append("\n  %.3f s %s".formatted(step.at().toNanos() / 1e9, step.fault())));
        return message.toString();
    }
}
