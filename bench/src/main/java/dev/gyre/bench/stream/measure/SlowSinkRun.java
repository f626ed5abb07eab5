package dev.gyre.bench.stream.measure;

import dev.gyre.stream.LocalJob;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.operator.ExchangeOutlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A source that could give millions of records a second before a sink that takes few: what is on its way is bounded, and so is the heap. */
final class SlowSinkRun {
    private static final int KEYS = 10_000;
    private static final int WORKERS = 2;

    /**
     * Records that may be on their way. Of each of two senders to each of two receivers: a window of credit. A sender looks at its credit before each batch that it reads, and what
     * comes of that batch may go to one receiver; so one batch above the window, and one that is not full.
     */
    static final long RECORDS_MAX = (long) WORKERS * WORKERS * (ExchangeOutlet.WINDOW + 2 * Batch.CAPACITY);

    /** Of a record: its object (32 with the header, aligned), its key (24), hash, time, and two references, of 8 bytes at most: 28. */
    private static final long BYTES_A_RECORD = 84;

    /** Of a key: key (24), sum (24), two references and a hash (20) in a table that is filled to a quarter at least. */
    private static final long BYTES_A_KEY = 24 + 24 + 4 * 20;

    /** What else may come: classes that are loaded, code of operators, the log of decisions. */
    private static final long REST_BYTES = 16L << 20;

    /** How much more the heap may have than before the job. */
    static final long HEAP_MAX = RECORDS_MAX * BYTES_A_RECORD + KEYS * BYTES_A_KEY + REST_BYTES;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SlowSinkRun() {}

    /**
     * What is done.
     *
     * @param recordsASecond that the sink takes
     */
    record Settings(double recordsASecond, int samples, Duration interval) {}

    /**
     * What was seen at a moment.
     *
     * @param onTheirWay records that the source has given, and the sink has not taken
     * @param heapBytes after a collection, above what there was before the job
     */
    record Sample(double seconds, long emitted, long onTheirWay, long heapBytes) {}

    /**
     * What came of it.
     *
     * @param problems empty if all is bounded, and each record came out once
     */
    record Report(List<Sample> samples, List<String> problems) {}

    static Report run(Settings settings, Consumer<Sample> told) throws InterruptedException {
        var load = new Load(KEYS);
        var audit = new Audit(KEYS);
        var samples = new ArrayList<Sample>();
        var problems = new ArrayList<String>();
        var sink = new SlowSink(settings.recordsASecond(), audit);
        long before = Heap.afterCollection();
        long start = System.nanoTime();
        try (var job = LocalJob.start(Sums.job(load, sink), LocalJob.Settings.workers(WORKERS))) {
            for (int i = 0; i < settings.samples(); i++) {
                TimeUnit.NANOSECONDS.sleep(settings.interval().toNanos());
                long taken = sink.taken(); // first: so what is on its way is not told too low
                long emitted = load.emitted();
                var sample = new Sample(
                        (System.nanoTime() - start) / 1e9, emitted, emitted - taken, Heap.afterCollection() - before);
                told.accept(sample);
                check(sample, problems);
                samples.add(sample);
            }
            long takenAtEnd = sink.taken();
            double expected = settings.recordsASecond() * (System.nanoTime() - start) / 1e9;
            if (takenAtEnd < expected / 2) {
                problems.add("the sink was given %,d records, and would have taken %,.0f: somebody slept"
                        .formatted(takenAtEnd, expected));
            }
            sink.hurry();
            load.end();
            if (!job.await(PATIENCE)) {
                problems.add("the job is not at its end " + PATIENCE + " after its source");
            }
            job.failure().ifPresent(failure -> problems.add("a worker failed: " + failure));
        }
        problems.addAll(audit.problems(load));
        return new Report(samples, problems);
    }

    private static void check(Sample sample, List<String> problems) {
        if (sample.onTheirWay() > RECORDS_MAX) {
            problems.add("%,d records are on their way, not %,d at most".formatted(sample.onTheirWay(), RECORDS_MAX));
        }
        if (sample.heapBytes() > HEAP_MAX) {
            problems.add(
                    "the heap has %,d bytes more than before, not %,d at most".formatted(sample.heapBytes(), HEAP_MAX));
        }
    }
}
