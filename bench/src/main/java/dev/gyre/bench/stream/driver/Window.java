package dev.gyre.bench.stream.driver;

import dev.gyre.bench.OtherProcesses;

/**
 * What was measured in one window of time.
 *
 * @param rate records a second
 * @param p50Millis median latency
 * @param p99Millis the 99th percentile of it
 * @param snapshots how many have completed
 * @param snapshotMillis how long they took in the median
 * @param others processors that other processes kept busy
 */
record Window(double rate, double p50Millis, double p99Millis, long snapshots, double snapshotMillis, double others) {
    boolean isNoisy() {
        return others > OtherProcesses.NOISY;
    }

    /** The window as a line of words. */
    String line() {
        return rate + " " + p50Millis + " " + p99Millis + " " + snapshots + " " + snapshotMillis + " " + others;
    }

    static Window ofLine(String line) {
        String[] words = line.split(" ", -1);
        return new Window(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Long.parseLong(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]));
    }
}
