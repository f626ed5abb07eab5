package dev.gyre.examples.sessions;

import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.TextFiles;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long users stay, and how much they click. A visit ends when its user has not clicked for half an hour of event time: the time in the clicks, not that of the machine.
 *
 * <p>Clicks come up to half a minute out of order, and visits wait for that. Later ones, by ten minutes at most, still count: they give a visit once more, corrected. What comes
 * later than that is shown apart.
 */
public final class Sessions {
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(30);
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Duration LATENESS = Duration.ofMinutes(10);
    private static final int SAMPLE_HOURS = 8;
    private static final long SAMPLE_SEED = 1;

    private Sessions() {}

    static Job job(Source<String> clicks, Sink<Object> visits, Sink<Object> tooLate) {
        return Job.named(
                "sessions",
                flow -> flow.source("clicks", clicks)
                        .map(Click::parse)
                        .assignInstants(Click::at)
                        .maxOutOfOrderness(OUT_OF_ORDER)
                        .keyBy("user", Click::user)
                        .window(Windows.session(GAP))
                        .allowedLateness(LATENESS)
                        .lateTo(late -> late.map(click -> "too late: " + click.at() + " " + click.user())
                                .sink("too late", tooLate))
                        .count("visit")
                        .entries()
                        .map(Sessions::line)
                        .sink("visits", visits));
    }

    private static String line(Keyed<String, WindowResult<Long>> visit) {
        var window = visit.value();
        return window.startInstant() + " to " + window.endInstant().minus(GAP) + " " + visit.key() + ": "
                + window.value() + " clicks";
    }

    /**
     * Prints the visits of a day.
     *
     * @param args a folder with files of clicks, a line each, as in {@link Click#parse}; without one, of clicks that are made up
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 1) {
            System.err.println("usage: sessions [FOLDER]: files of lines such as 2026-01-01T09:00:00Z ann /home");
            System.exit(2);
        }
        Source<String> clicks =
                args.length == 1 ? TextFiles.in(Path.of(args[0])) : new Feed(Click.sample(SAMPLE_HOURS, SAMPLE_SEED));
        try (var running = LocalJob.start(job(clicks, Sinks.stdout(), Sinks.stdout()), LocalJob.Settings.workers(2))) {
            running.await();
            running.failure().ifPresent(failure -> {
                throw failure;
            });
        }
    }
}
