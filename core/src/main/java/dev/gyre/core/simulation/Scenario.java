package dev.gyre.core.simulation;

/**
 * What clients do in a run, and what must hold at its end.
 *
 * @param <M> the payloads of the nodes
 */
@FunctionalInterface
public interface Scenario<M> {
    /** Called before the run begins: schedules requests with {@link SimulationRun#every} and checks with its other methods. */
    void play(SimulationRun<M> run);
}
