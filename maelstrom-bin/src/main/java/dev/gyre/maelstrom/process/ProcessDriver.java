package dev.gyre.maelstrom.process;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Driven;
import dev.gyre.maelstrom.engine.NodeEvent;
import java.util.concurrent.TimeUnit;
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
    private final long watchEveryNanos;
    private final long beganNanos = System.nanoTime();
    private long watchAtNanos;

    /**
     * A driver; the run's time begins now.
     *
     * @param watchEveryNanos how often a watcher is called, above 0
     */
    public ProcessDriver(ProcessHost host, Timeline timeline, long watchEveryNanos) {
        this.host = host;
        this.timeline = timeline;
        this.watchEveryNanos = watchEveryNanos;
        watchAtNanos = watchEveryNanos;
    }

    /**
     * Drives something to its end; then something else may be driven.
     *
     * @param watcher is called from time to time meanwhile
     */
    public void drive(Driven run, Runnable watcher) throws InterruptedException {
        timeline.advanceTo(elapsedNanos());
        run.start();
        while (!run.isDone()) {
            timeline.advanceTo(elapsedNanos());
            if (timeline.nowNanos() >= watchAtNanos) {
                watcher.run();
                watchAtNanos = timeline.nowNanos() + watchEveryNanos;
            }
            long until = Math.min(watchAtNanos, timeline.nextNanos().orElse(Long.MAX_VALUE));
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
