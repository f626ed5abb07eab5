package dev.gyre.bench.raft.driver;

/**
 * What was measured in one window of time.
 *
 * @param rate operations committed a second
 * @param p50Micros median of the time from submitting an operation to its completion
 * @param p99Micros the 99th percentile of it
 * @param failed operations that failed, or of which nobody knows
 * @param others processors that other processes kept busy
 */
record Window(double rate, double p50Micros, double p99Micros, long failed, double others) {
    /** Above this, the window says little. */
    static final double NOISY = 0.2;

    boolean isNoisy() {
        return others > NOISY;
    }
}
