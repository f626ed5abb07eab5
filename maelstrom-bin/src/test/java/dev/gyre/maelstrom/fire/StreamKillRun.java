package dev.gyre.maelstrom.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A job that is killed at random moments and started again until it is at its end; and the same without a break. */
final class StreamKillRun {
    /** More than a process reads of a file before it is killed, as a rule: so the job is not at its end too early. */
    private static final int LINES_A_KILL = 1500;

    private static final int KEYS_A_FILE = 40;
    private static final int PACE_MILLIS = 10;

    /** One in so many is killed wherever it is, be it at its start; the others when they have committed a snapshot. */
    private static final int ANYWHERE = 6;

    private static final int SNAPSHOTS_MAX = 3;
    private static final long ANYWHERE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long BEHIND_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /**
     * What is done.
     *
     * @param files each a partition, with keys of its own
     */
    record Settings(int kills, int files, int workers, long seed) {}

    /**
     * What came of it.
     *
     * @param kills of processes that ran
     * @param behindSnapshot those of them that had committed a snapshot, and were not at the end
     * @param toReadNanos from the start of a process to its first record
     * @param toSnapshotNanos from the start of a process to the first snapshot of its own that it knew of
     * @param lines of output
     * @param problems empty if all is well
     */
    record Report(
            Settings settings,
            int kills,
            int behindSnapshot,
            List<Long> toReadNanos,
            List<Long> toSnapshotNanos,
            long lines,
            List<String> problems) {
        boolean isValid() {
            return problems.isEmpty();
        }
    }

    private final Settings settings;
    private final List<String> program;
    private final Path folder;
    private final Consumer<String> progress;
    private final RandomGenerator random;
    private final List<Long> toRead = new ArrayList<>();
    private final List<Long> toSnapshot = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int kills;
    private int behindSnapshot;

    private StreamKillRun(Settings settings, List<String> program, Path folder, Consumer<String> progress) {
        this.settings = settings;
        this.program = program;
        this.folder = folder;
        this.progress = progress;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * Kills and judges.
     *
     * @param program runs {@link RunningSums}; its arguments are added
     * @param folder an empty one
     * @param progress is told in a line how far it is
     */
    static Report run(Settings settings, List<String> program, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new StreamKillRun(settings, program, folder, progress).run();
    }

    private Report run() throws IOException, InterruptedException {
        write(Files.createDirectory(folder.resolve("lines")));
        for (var name : List.of("broken", "unbroken")) {
            Files.createDirectory(folder.resolve(name));
        }
        for (int i = 0; i < settings.kills() && problems.isEmpty(); i++) {
            progress.accept("kill " + (i + 1) + " of " + settings.kills());
            liveAndDie();
        }
        if (problems.isEmpty()) {
            progress.accept("the job is let run to its end, and once more without a break");
            toEnd("broken");
            toEnd("unbroken");
        }
        if (problems.isEmpty()) {
            compare();
        }
        return new Report(
                settings,
                kills,
                behindSnapshot,
                toRead,
                toSnapshot,
                lines("unbroken").size(),
                problems);
    }

    private void write(Path to) throws IOException {
        for (int file = 0; file < settings.files(); file++) {
            var text = new StringBuilder();
            for (int line = 0; line < settings.kills() * LINES_A_KILL; line++) {
                text.append('f').append(file).append('k').append(random.nextInt(KEYS_A_FILE));
                text.append(' ').append(random.nextInt(1000)).append('\n');
            }
            Files.writeString(to.resolve("file-" + file), text);
        }
    }

    private Victim start(String run, int paceMillis) throws IOException {
        var command = new ArrayList<>(program);
        command.add(folder.resolve("lines").toString());
        command.add(folder.resolve(run).toString());
        command.add(folder.resolve(run + "-state").toString());
        command.add(Integer.toString(settings.workers()));
        command.add(Integer.toString(paceMillis));
        return new Victim(command, folder.resolve(run + ".log"));
    }

    private void liveAndDie() throws IOException, InterruptedException {
        boolean isAnywhere = random.nextInt(ANYWHERE) == 0;
        int wanted = 1 + random.nextInt(SNAPSHOTS_MAX);
        long limitNanos = isAnywhere ? random.nextLong(ANYWHERE_MAX_NANOS) : PATIENCE_NANOS;
        int snapshots = 0;
        var victim = start("broken", PACE_MILLIS);
        long deadline = System.nanoTime() + limitNanos;
        while (isAnywhere || snapshots < wanted) {
            var line = victim.next(Math.max(0, deadline - System.nanoTime()));
            if (line.isEmpty()) {
                break; // the time is over
            }
            note(line.get(), snapshots);
            snapshots += line.get().is(RunningSums.SNAPSHOT) ? 1 : 0;
            if (line.get().text().isEmpty()) {
                problems.add("a process ended by itself, with " + victim.end() + ", before it was killed");
                return;
            }
        }
        if (!isAnywhere) {
            TimeUnit.NANOSECONDS.sleep(random.nextLong(BEHIND_MAX_NANOS));
        }
        if (!victim.kill()) {
            problems.add("a process was at its end before it was killed: there are too few lines for so many kills");
        }
        kills++;
        if (snapshots > 0) {
            behindSnapshot++;
        } else if (!isAnywhere) {
            problems.add("a process has committed no snapshot within " + PATIENCE_NANOS / 1e9 + " s");
        }
    }

    private void note(Victim.Line line, int snapshots) {
        if (line.is(RunningSums.READ)) {
            toRead.add(line.afterNanos());
        } else if (line.is(RunningSums.SNAPSHOT) && snapshots == 0) {
            toSnapshot.add(line.afterNanos());
        }
    }

    private void toEnd(String run) throws IOException, InterruptedException {
        var victim = start(run, 0);
        boolean hasEnded = false;
        for (var line = victim.next(PATIENCE_NANOS); ; line = victim.next(PATIENCE_NANOS)) {
            if (line.isEmpty()) {
                problems.add("the " + run + " run does not come to its end");
                victim.kill();
                return;
            }
            if (line.get().text().isEmpty()) {
                break;
            }
            hasEnded |= line.get().is(RunningSums.END);
        }
        int status = victim.end();
        if (!hasEnded || status != 0) {
            problems.add("the " + run + " run ended with " + status + "; see " + run + ".log");
        }
    }

    /** The lines of all parts in the order of their names. */
    private List<String> lines(String run) throws IOException {
        var lines = new ArrayList<String>();
        try (var parts = Files.list(folder.resolve(run))) {
            for (var part : parts.sorted().toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }

    /**
     * As it is, if there is one partition and one worker; else the order of lines of different keys is up to threads, and those of each key are put together, in the order
     * in which they are.
     */
    private byte[] output(String run) throws IOException {
        var lines = lines(run);
        if (settings.files() > 1 || settings.workers() > 1) {
            lines.sort(Comparator.comparing(RunningSums::key)); // keeps the order of equals
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private void compare() throws IOException {
        var broken = output("broken");
        var unbroken = output("unbroken");
        int at = Arrays.mismatch(broken, unbroken);
        if (at >= 0) {
            problems.add("the output differs from that of an unbroken run at byte " + at + ": \"" + excerpt(broken, at)
                    + "\" instead of \"" + excerpt(unbroken, at) + "\"");
        }
        long read = settings.files() * (long) settings.kills() * LINES_A_KILL;
        int written = lines("unbroken").size();
        if (written != read) {
            problems.add("of " + read + " lines an unbroken run made " + written);
        }
    }

    private static String excerpt(byte[] text, int at) {
        int from = Math.min(Math.max(0, at - 20), text.length);
        return new String(text, from, Math.min(40, text.length - from), StandardCharsets.UTF_8).replace('\n', '|');
    }
}
