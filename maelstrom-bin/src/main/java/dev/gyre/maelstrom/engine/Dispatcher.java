package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.core.simulation.Timeline.Handle;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.workload.Generator;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Hands operations to workers that are free, with random pauses from 0 to twice the mean, for all of them together. When all
 * are busy, the operation that is due waits for the first that is free, and the pauses go on from there.
 */
final class Dispatcher<I> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Timeline timeline;
    private final List<Worker<I, ?>> workers;
    private final Generator<I> generator;
    private final RandomGenerator random;
    private final long pauseMaxNanos;
    private final BitSet exhausted = new BitSet();
    private long dueNanos;
    private boolean waiting;
    private boolean stopped;
    private Handle timer;

    /** A dispatcher that has not begun. */
    Dispatcher(
            Timeline timeline, List<Worker<I, ?>> workers, Generator<I> generator, RandomGenerator random, Load load) {
        this.timeline = timeline;
        this.workers = workers;
        this.generator = generator;
        this.random = random;
        this.pauseMaxNanos = load.ratePerSecond() == 0 ? 0 : (long) (2 * NANOS_PER_SECOND / load.ratePerSecond());
        this.stopped = load.ratePerSecond() == 0;
        this.timer = timeline.at(0, () -> {});
    }

    /** Begins: the first operation is due now. */
    void start() {
        dueNanos = timeline.nowNanos();
        due();
    }

    /** Hands out no more. */
    void stop() {
        stopped = true;
        timer.cancel();
    }

    /** Is told when a worker is free again. */
    void freed() {
        if (waiting && !stopped) {
            dueNanos = timeline.nowNanos();
            due();
        }
    }

    private void due() {
        waiting = true;
        for (var worker = pick(); worker.isPresent() && !stopped; worker = pick()) {
            var input = generator.next(worker.get().index());
            if (input.isPresent()) {
                waiting = false;
                dueNanos += random.nextLong(pauseMaxNanos + 1);
                timer = timeline.at(dueNanos, this::due);
                worker.get().invoke(input.get());
                return;
            }
            exhausted.set(worker.get().index());
        }
    }

    private Optional<Worker<I, ?>> pick() {
        var free = workers.stream()
                .filter(worker -> !worker.isBusy() && !exhausted.get(worker.index()))
                .toList();
        return free.isEmpty() ? Optional.empty() : Optional.of(free.get(random.nextInt(free.size())));
    }
}
