package dev.gyre.maelstrom.process;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.Progress;
import dev.gyre.maelstrom.engine.Run;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a run in real time: waits until something is due or a node does something, and lets the engine deal with it. The
 * calling thread is the engine's.
 */
public final class ProcessDriver {
    /** How many lines are taken before what is due gets its turn. */
    private static final int BATCH = 256;

    private final ProcessHost host;
    private final Timeline timeline;
    private final Consumer<Progress> watcher;
    private final long progressEveryNanos;
    private final long beganNanos = System.nanoTime();

    /**
     * A driver; the run's time begins now.
     *
     * @param watcher is told of the progress from time to time
     */
    public ProcessDriver(ProcessHost host, Timeline timeline, Consumer<Progress> watcher, long progressEveryNanos) {
        this.host = host;
        this.timeline = timeline;
        this.watcher = watcher;
        this.progressEveryNanos = progressEveryNanos;
    }

    /** Runs to the end. */
    public void drive(Run<?, ?> run) throws InterruptedException {
        timeline.advanceTo(elapsedNanos());
        run.start();
        long progressAt = progressEveryNanos;
        while (!run.isDone()) {
            timeline.advanceTo(elapsedNanos());
            if (timeline.nowNanos() >= progressAt) {
                watcher.accept(run.progress());
                progressAt = timeline.nowNanos() + progressEveryNanos;
            }
            long until = Math.min(progressAt, timeline.nextNanos().orElse(Long.MAX_VALUE));
            var event = run.isDone() ? null : await(until - elapsedNanos());
            if (event != null) {
                timeline.advanceTo(elapsedNanos());
                for (int i = 0; event != null && i < BATCH; i++) {
                    run.accept(event);
                    event = host.events().poll();
                }
                if (event != null) {
                    run.accept(event);
                }
            }
        }
    }

    private @Nullable NodeEvent await(long nanos) throws InterruptedException {
        return nanos <= 0 ? host.events().poll() : host.events().poll(nanos, TimeUnit.NANOSECONDS);
    }

    private long elapsedNanos() {
        return System.nanoTime() - beganNanos;
    }
}
