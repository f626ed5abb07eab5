package dev.gyre.core.simulation;

/** A run did not hold. Its message begins with the one line that replays it. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final long seed;

    SimulationFailure(long seed, String message, Throwable cause) {
        super(message, cause);
        this.seed = seed;
    }

    SimulationFailure(long seed, String message) {
        super(message);
        this.seed = seed;
    }

    /** The seed to run again. */
    public long seed() {
        return seed;
    }
}
