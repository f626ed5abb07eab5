package dev.gyre.maelstrom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Reads the values of flags, and says what is wrong with them. */
final class FlagValues {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_MAX = 1e6;
    private static final int WORKERS_MAX = 10_000;

    private FlagValues() {}

    /** How many workers {@code 4} or {@code 2n} stand for. */
    static int workers(String concurrency, int nodes) {
        boolean multiple = concurrency.endsWith("n");
        String digits = multiple ? concurrency.substring(0, concurrency.length() - 1) : concurrency;
        if (!digits.matches("[0-9]{1,6}")) {
            throw new UsageError(
                    "--concurrency is a number such as 4, or a multiple of the nodes such as 2n, not " + concurrency);
        }
        int workers = Integer.parseInt(digits) * (multiple ? nodes : 1);
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new UsageError("--concurrency " + concurrency + " makes " + workers + " workers; 1 to " + WORKERS_MAX
                    + " are possible");
        }
        return workers;
    }

    /** Seconds as nanoseconds. */
    static long nanos(String flag, double seconds) {
        if (!(seconds >= 0 && seconds <= SECONDS_MAX)) {
            throw new UsageError(flag + " is a number of seconds from 0, not " + seconds);
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    /** An executable that can be started, as an absolute path. */
    static Path executable(String flag, Path given) {
        var file = given.toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new UsageError(flag + " " + given + ": there is no such file; check the path, which starts at "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new UsageError(flag + " " + given + " is a folder; name the executable in it");
        }
        if (!Files.isExecutable(file)) {
            throw new UsageError(flag + " " + given + " is not executable; try chmod +x " + given);
        }
        return file;
    }

    static void atLeastOne(String flag, int value) {
        if (value < 1) {
            throw new UsageError(flag + " is at least 1, not " + value);
        }
    }

    static void fromOneTo(int max, String flag, int value) {
        atLeastOne(flag, value);
        if (value > max) {
            throw new UsageError(flag + " is at most " + max + ", not " + value);
        }
    }

    static UsageError unknown(String what, String name, Collection<String> known) {
        return new UsageError("unknown " + what + " \"" + name + "\"." + Suggestions.didYouMean(name, known)
                + " There are: " + String.join(", ", known));
    }
}
