package dev.gyre.maelstrom.simulate;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Run;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.workload.Workload;

/** Drives runs in virtual time: from one thing that is due to the next, as fast as the machine can. */
public final class Simulator {
    private Simulator() {}

    /**
     * A run that was carried out.
     *
     * @param nanos how much virtual time it took
     * @param traceHash the hash of all that happened: the same seed gives the same
     */
    public record Simulated<I, O>(RunResult<I, O> result, long nanos, long traceHash) {}

    /** Carries out a plan, to its end. */
    public static <I, O> Simulated<I, O> run(
            RunPlan plan, Workload<I, O> workload, Program<?, ?> program, RunObserver observer) {
        var timeline = new Timeline();
        var host = new SimulatedHost(program, plan.nodes(), timeline, plan.random());
        var run = new Run<>(plan, workload, timeline, host, observer);
        host.connect(run::accept);
        run.start();
        while (!run.isDone() && timeline.runNext(Long.MAX_VALUE)) {
            // each step moves time to where it was due
        }
        return new Simulated<>(run.result(), timeline.nowNanos(), run.traceHash());
    }
}
