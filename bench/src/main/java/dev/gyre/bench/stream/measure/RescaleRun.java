package dev.gyre.bench.stream.measure;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.control.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A job at full load that goes from one worker to two and back, again and again; and as long stretches in between. */
final class RescaleRun {
    /** By then every group has had output again, or something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often it is looked whether every group has. */
    private static final long LOOK_MILLIS = 5;

    private final Settings settings;
    private final Consumer<Row> rows;
    private final Load load;
    private final Audit audit;
    private final List<String> problems = new ArrayList<>();

    /**
     * What is done.
     *
     * @param keys how many there are
     * @param rescales how often the job is rescaled
     * @param warmUp before anything is measured
     * @param stretch how long it runs for each rescale, and as long without one before it
     * @param isRehearsed whether the process has rescaled another job before
     */
    record Settings(int keys, int rescales, Duration warmUp, Duration stretch, boolean isRehearsed) {}

    /**
     * What was seen of one rescale, and of as long a stretch right before it. Gaps are the longest times without output, in nanoseconds: of any record, of any group that stayed
     * with its worker, of any that moved.
     */
    record Row(
            int from,
            int to,
            long quietAny,
            long quietGroup,
            long any,
            long stayed,
            long moved,
            int movedGroups,
            long commitNanos,
            double recordsASecond,
            double others) {
        boolean isNoisy() {
            return others > OtherProcesses.NOISY;
        }

        /** The longest gap of whatever kind. */
        long worst() {
            return Math.max(any, Math.max(stayed, moved));
        }
    }

    /**
     * What came of it.
     *
     * @param records that came out
     * @param problems empty if each record came out once
     */
    record Report(List<Row> rows, long records, List<String> problems) {}

    private RescaleRun(Settings settings, Consumer<Row> rows) {
        this.settings = settings;
        this.rows = rows;
        this.load = new Load(settings.keys());
        this.audit = new Audit(settings.keys());
    }

    /** Runs it; rows are told as they come. */
    static Report run(Settings settings, Consumer<Row> rows) throws InterruptedException {
        return new RescaleRun(settings, rows).run();
    }

    private Report run() throws InterruptedException {
        var all = new ArrayList<Row>();
        if (settings.isRehearsed()) {
            LocalJob.rehearse();
        }
        try (var job = LocalJob.start(
                Sums.job(load, audit), LocalJob.Settings.workers(1).upTo(2))) {
            TimeUnit.NANOSECONDS.sleep(settings.warmUp().toNanos());
            for (int i = 0; i < settings.rescales() && problems.isEmpty(); i++) {
                var row = measure(job, 1 + i % 2, 2 - i % 2);
                rows.accept(row);
                all.add(row);
            }
            load.end();
            if (!job.await(PATIENCE)) {
                problems.add("the job is not at its end " + PATIENCE + " after its source");
            }
            job.failure().ifPresent(failure -> problems.add("a worker failed: " + failure));
        }
        problems.addAll(audit.problems(load));
        return new Report(all, audit.records(), problems);
    }

    private Row measure(LocalJob job, int from, int to) throws InterruptedException {
        var gaps = audit.gaps();
        var others = new OtherProcesses();
        awaitAllGroups(System.nanoTime());
        var quiet = gaps.begin();
        TimeUnit.NANOSECONDS.sleep(settings.stretch().toNanos());
        int[] before = workers();
        long recordsBefore = audit.records();
        long begin = System.nanoTime();
        var busy = gaps.begin();
        var answer = job.rescale(to).join();
        long commit = System.nanoTime();
        if (!(answer instanceof Answer.Done)) {
            problems.add("no rescale from " + from + " to " + to + " workers: " + answer);
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, settings.stretch().toNanos() - (commit - begin)));
        awaitAllGroups(commit);
        double rate = (audit.records() - recordsBefore) * 1e9 / (System.nanoTime() - begin);
        gaps.begin(); // what comes now belongs to neither
        return row(new Row(from, to, 0, 0, 0, 0, 0, 0, commit - begin, rate, others.processors()), quiet, busy, before);
    }

    /** With the gaps of two stretches. */
    private Row row(Row row, Gaps.Stretch quiet, Gaps.Stretch busy, int[] before) {
        long quietGroup = 0;
        long stayed = 0;
        long moved = 0;
        int movedGroups = 0;
        int[] after = workers();
        for (int group = 0; group < Gaps.GROUPS; group++) {
            quietGroup = Math.max(quietGroup, quiet.longest(group));
            if (before[group] == after[group]) {
                stayed = Math.max(stayed, busy.longest(group));
            } else {
                moved = Math.max(moved, busy.longest(group));
                movedGroups++;
            }
        }
        if (movedGroups != Gaps.GROUPS / 2) {
            problems.add("from " + row.from() + " to " + row.to() + " workers " + movedGroups + " of " + Gaps.GROUPS
                    + " groups have moved, not half of them");
        }
        return new Row(
                row.from(),
                row.to(),
                quiet.longest(),
                quietGroup,
                busy.longest(),
                stayed,
                moved,
                movedGroups,
                row.commitNanos(),
                row.recordsASecond(),
                row.others());
    }

    private int[] workers() {
        int[] workers = new int[Gaps.GROUPS];
        for (int group = 0; group < workers.length; group++) {
            workers[group] = audit.gaps().worker(group);
        }
        return workers;
    }

    /** So a gap that began before has ended. */
    private void awaitAllGroups(long since) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!audit.gaps().hasAllSince(since)) {
            if (System.nanoTime() > deadline) {
                problems.add("not every key group had output within " + PATIENCE);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
