package dev.gyre.bench.stream.measure;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.control.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Snapshots of a large state while records flow at full load: how long nothing comes out. */
final class BigStateRun {
    private static final int WORKERS = 2;

    /** Records a key before snapshots are taken: all but 5 of 10,000 keys are there then. */
    private static final int FILLING = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private BigStateRun() {}

    /**
     * What is done.
     *
     * @param stretch as long without a snapshot before each, and from a snapshot's end to the next
     */
    record Settings(int keys, int snapshots, Duration stretch) {}

    /**
     * What was seen of one snapshot, and of as long a stretch right before it.
     *
     * @param nanos from the request to the commit
     * @param quietAny the longest time without output when there was no snapshot
     * @param any the longest time without output during the snapshot
     * @param group that of any group
     */
    record Row(long nanos, long quietAny, long any, long group, double recordsASecond, double others) {}

    /**
     * What came of it.
     *
     * @param keys that had state
     * @param problems empty if each record came out once
     */
    record Report(long keys, List<Row> rows, List<String> problems) {}

    static Report run(Settings settings, Consumer<Row> told) throws InterruptedException {
        var load = new Load(settings.keys());
        var audit = new Audit(settings.keys());
        var rows = new ArrayList<Row>();
        var problems = new ArrayList<String>();
        long keys = 0;
        try (var job = LocalJob.start(Sums.job(load, audit), LocalJob.Settings.workers(WORKERS))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (audit.records() < (long) FILLING * settings.keys() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            keys = audit.keys();
            if (keys < settings.keys() * 0.99) {
                problems.add("%,d of %,d keys have a state after %s".formatted(keys, settings.keys(), PATIENCE));
            }
            for (int i = 0; i < settings.snapshots() && problems.isEmpty(); i++) {
                var row = measure(job, settings, audit, problems);
                told.accept(row);
                rows.add(row);
            }
            load.end();
            if (!job.await(PATIENCE)) {
                problems.add("the job is not at its end " + PATIENCE + " after its source");
            }
            job.failure().ifPresent(failure -> problems.add("a worker failed: " + failure));
        }
        problems.addAll(audit.problems(load));
        return new Report(keys, rows, problems);
    }

    private static Row measure(LocalJob job, Settings settings, Audit audit, List<String> problems)
            throws InterruptedException {
        var others = new OtherProcesses();
        var quiet = audit.gaps().begin();
        TimeUnit.NANOSECONDS.sleep(settings.stretch().toNanos());
        long before = audit.records();
        long begin = System.nanoTime();
        var busy = audit.gaps().begin();
        var answer = job.snapshot().join();
        long nanos = System.nanoTime() - begin;
        if (!(answer instanceof Answer.Done)) {
            problems.add("no snapshot: " + answer);
        }
        long records = audit.records() - before;
        TimeUnit.MILLISECONDS.sleep(settings.stretch().toMillis()); // a gap that began is to end
        long group = 0;
        for (int i = 0; i < Gaps.GROUPS; i++) {
            group = Math.max(group, busy.longest(i));
        }
        return new Row(nanos, quiet.longest(), busy.longest(), group, records * 1e9 / nanos, others.processors());
    }
}
