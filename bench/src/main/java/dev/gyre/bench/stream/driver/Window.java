package dev.gyre.bench.stream.driver;

import dev.gyre.bench.OtherProcesses;

/**
 * What was measured in one window of time.
 *
 * @param rate records a second
 * @param p50Millis median latency
 * @param p99Millis the 99th percentile of it
 * @param snapshots how many have completed
 * @param snapshotMillis how long they took in the mean
 * @param own processors that the contender kept busy
 * @param others processors that other processes kept busy
 */
record Window(
        double rate,
        double p50Millis,
        double p99Millis,
        long snapshots,
        double snapshotMillis,
        double own,
        double others) {
    boolean isNoisy() {
        return others > OtherProcesses.NOISY;
    }

    /** Records for each second of a processor: less disturbed by others than the rate is. */
    double ratePerProcessor() {
        return rate / own;
    }

    /** The window as a line of words. */
    String line() {
        return rate + " " + p50Millis + " " + p99Millis + " " + snapshots + " " + snapshotMillis + " " + own + " "
                + others;
    }

    static Window ofLine(String line) {
        String[] words = line.split(" ", -1);
        return new Window(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Long.parseLong(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]),
                Double.parseDouble(words[6]));
    }
}
