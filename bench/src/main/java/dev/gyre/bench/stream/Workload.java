package dev.gyre.bench.stream;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What is measured. */
public enum Workload {
    /** The sum of each key after each record. */
    SUM("W1", "keyed running sum, " + Feed.KEYS + " keys"),
    /** The same, with a snapshot each second. */
    SUM_WITH_SNAPSHOTS("W2", "W1 with exactly-once snapshots each second"),
    /** Records a key and window of event time. */
    WINDOWS("W3", "tumbling count by key, windows of 1 s of event time", 1_000, 1_000),
    /** Two filters between three maps. */
    STATELESS("W4", "five stateless operators"),
    /** From the end of a window to its counts. */
    LATENCY("W6", "latency of W3, windows of 100 ms, 200 k records a second", 100, 10_000),
    /** Nexmark: all events as they are. */
    Q0("q0", "Nexmark: pass through", 0, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: bids with their price in another currency. */
    Q1("q1", "Nexmark: currency conversion", 0, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: bids for some auctions. */
    Q2("q2", "Nexmark: selection", 0, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: what is offered by people of some states. */
    Q3("q3", "Nexmark: local item suggestion, incremental join", 0, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: auctions with the most bids, in sliding windows. */
    Q5("q5", "Nexmark: hot items, windows of 10 s each 2 s", 2_000, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: the highest bid of each window. */
    Q7("q7", "Nexmark: highest bid, windows of 10 s", 10_000, Workload.NEXMARK_RECORD_NANOS),
    /** Nexmark: who offers something as soon as they registered. */
    Q8("q8", "Nexmark: monitor new users, join in windows of 10 s", 10_000, Workload.NEXMARK_RECORD_NANOS);

    /** How often a snapshot is taken where snapshots are. */
    public static final long SNAPSHOT_INTERVAL_MILLIS = 1_000;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration WARM_UP_PACED = Duration.ofSeconds(25);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration WINDOW_PACED = Duration.ofSeconds(40);

    /** A hundred thousand events a second of event time from both partitions together. */
    private static final long NEXMARK_RECORD_NANOS = 20_000;

    private final String id;
    private final String title;
    private final long windowMillis;
    private final long recordNanos;

    Workload(String id, String title) {
        this(id, title, 0, 1_000);
    }

    Workload(String id, String title, long windowMillis, long recordNanos) {
        this.id = id;
        this.title = title;
        this.windowMillis = windowMillis;
        this.recordNanos = recordNanos;
    }

    /** The workload of an id. */
    public static Optional<Workload> of(String id) {
        return Arrays.stream(values())
                .filter(each -> each.id.equalsIgnoreCase(id))
                .findFirst();
    }

    /** What options call it. */
    public String id() {
        return id;
    }

    /** What tables call it. */
    public String title() {
        return title;
    }

    /** Length of a window of event time, or how far after each other windows end; zero where there are none. */
    public long windowMillis() {
        return windowMillis;
    }

    /** Event time from one record of a partition to the next. */
    public long recordNanos() {
        return recordNanos;
    }

    /** Whether records are counted by windows of event time. */
    public boolean hasWindows() {
        return windowMillis > 0;
    }

    /** Whether it is a query of Nexmark. */
    public boolean isNexmark() {
        return recordNanos == NEXMARK_RECORD_NANOS;
    }

    /**
     * How much memory a JVM needs for it, as {@code -Xmx} takes it. A larger heap may make a worse measurement: there are systems on which all threads stand still now and then,
     * for the longer the more memory there is.
     */
    public String heap() {
        if (isNexmark()) {
            return "4g";
        }
        return isPaced() ? "256m" : "1g";
    }

    /**
     * How long it runs before anything is measured. Where records come at a low rate it takes longer until what runs often has been compiled, and the compiler
     * needs a processor of its own while it does.
     */
    public Duration warmUp() {
        return isPaced() ? WARM_UP_PACED : WARM_UP;
    }

    /**
     * How long it is measured. Latencies come in bursts, one each window of event time: of a hundred bursts the 99th percentile would be the worst, and so that of the machine.
     */
    public Duration window() {
        return isPaced() ? WINDOW_PACED : WINDOW;
    }

    /** Whether snapshots are taken. */
    public boolean hasSnapshots() {
        return this == SUM_WITH_SNAPSHOTS;
    }

    /** Whether records come at a given rate, and latencies are measured. */
    public boolean isPaced() {
        return this == LATENCY;
    }
}
