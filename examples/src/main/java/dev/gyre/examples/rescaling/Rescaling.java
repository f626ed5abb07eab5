package dev.gyre.examples.rescaling;

import dev.gyre.examples.Flags;
import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.http.JobServer;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Sums of numbers by their last digits, on one worker, then on four, then on two, while numbers are read. The sums in the end are compared with those of a plain loop.
 *
 * <p>Groups of keys move with what is known of them, partitions with their positions; keys that stay are not stopped.
 *
 * <p>Or, when it is served over HTTP, whoever asks decides on how many workers it runs, and the numbers come slowly enough for a person to do so.
 */
public final class Rescaling {
    private static final int PARTITIONS = 4;
    private static final long KEYS = 1000;
    private static final long DEFAULT_NUMBERS = 50_000_000;
    private static final int MAX_WORKERS = 4;
    private static final List<Integer> STEPS = List.of(4, 2);

    private static final String HTTP = "--http";
    private static final int PORT_MAX = 65_535;
    private static final String USAGE = """
            usage: rescaling [NUMBERS] [--http PORT]
              NUMBERS      how many to add up, 0 or more; 50 million unless given
              --http PORT  serves the running job at this port of this machine, and leaves rescales to who asks for them: job --help.
                           Numbers come slowly then, 50 million in some four minutes. 0: any port that is free""";

    private Rescaling() {}

    /** What was asked for on the command line. */
    private record Arguments(long numbers, OptionalInt port) {
        /**
         * The arguments.
         *
         * @throws IllegalArgumentException when they make no sense
         */
        static Arguments of(String... args) {
            boolean isCounted = args.length > 0 && !args[0].startsWith("--");
            long numbers = isCounted ? number(args[0]) : DEFAULT_NUMBERS;
            var rest = Arrays.copyOfRange(args, isCounted ? 1 : 0, args.length);
            return Flags.read(
                    flags -> new Arguments(
                            numbers,
                            flags.isGiven(HTTP)
                                    ? OptionalInt.of(flags.integer(HTTP, 0, 0, PORT_MAX))
                                    : OptionalInt.empty()),
                    rest);
        }

        private static long number(String text) {
            try {
                long number = Long.parseLong(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number below 0.
            }
            throw new IllegalArgumentException("NUMBERS is a whole number from 0, not \"" + text + "\"");
        }
    }

    static Source<Long> numbers(long count) {
        return Sources.range(0, count, PARTITIONS);
    }

    static Job job(Source<Long> numbers, Sink<Keyed<Long, Long>> sums) {
        return Job.named(
                "rescaling",
                flow -> flow.source("numbers", numbers)
                        .keyBy("last digits", number -> number % KEYS)
                        .fold("sum", 0L, Long::sum)
                        .entries()
                        .sink("sums", sums));
    }

    /** As anybody would add. */
    static Map<Long, Long> plainSums(long numbers) {
        var sums = new TreeMap<Long, Long>();
        for (long number = 0; number < numbers; number++) {
            sums.merge(number % KEYS, number, Long::sum);
        }
        return sums;
    }

    /**
     * Changes how many workers there are while numbers are read.
     *
     * @return what became of each change: a job that ends before it is no longer changed
     */
    static List<Answer> rescale(LocalJob running) throws InterruptedException {
        var answers = new ArrayList<Answer>();
        for (int workers : STEPS) {
            answers.add(answer(running.rescale(workers)));
        }
        return answers;
    }

    /**
     * Runs the job to its end.
     *
     * @param behindRescales what is done then
     */
    static List<Answer> run(Source<Long> numbers, ConcurrentMap<Long, Long> sums, Runnable behindRescales)
            throws InterruptedException {
        try (var running = start(numbers, sums)) {
            var answers = rescale(running);
            behindRescales.run();
            running.await();
            running.failure().ifPresent(failure -> {
                throw failure;
            });
            return answers;
        }
    }

    /**
     * Runs the job to its end, and lets it be asked over HTTP meanwhile.
     *
     * @param port 0: any that is free
     * @param told is told where the job is served
     * @throws IOException when it cannot be served there
     */
    static void serve(Source<Long> numbers, ConcurrentMap<Long, Long> sums, int port, Consumer<URI> told)
            throws IOException, InterruptedException {
        try (var running = start(numbers, sums);
                var server = JobServer.start(running, port)) {
            told.accept(server.uri());
            running.awaitComplete(); // somebody may suspend it, and resume it
            running.failure().ifPresent(failure -> {
                throw failure;
            });
        }
    }

    private static LocalJob start(Source<Long> numbers, ConcurrentMap<Long, Long> sums) throws InterruptedException {
        // The sums of a key come from one worker at a time, and grow.
        var job = job(numbers, Sinks.forEach(entry -> sums.put(entry.key(), entry.value())));
        return LocalJob.start(job, LocalJob.Settings.workers(1).upTo(MAX_WORKERS));
    }

    private static Answer answer(Future<Answer> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job could not be asked to rescale", e.getCause());
        }
    }

    private static void tell(URI uri) {
        System.out.println("The job runs on 1 worker. In another terminal:");
        System.out.println("  maelstrom-bin/job status --at " + uri);
        System.out.println("  maelstrom-bin/job rescale 2 --at " + uri);
    }

    /**
     * Runs the job and compares; ends with 1 when a sum is wrong, or the job was at its end before it had been rescaled.
     *
     * @param args how many numbers, 50 million unless given; and {@code --http} with a port at which it is served
     */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        Arguments given;
        try {
            given = Arguments.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            throw e;
        }
        var sums = new ConcurrentHashMap<Long, Long>();
        var numbers = numbers(given.numbers);
        List<Answer> answers = List.of();
        try {
            if (given.port.isPresent()) {
                serve(new Slowly<>(numbers), sums, given.port.getAsInt(), Rescaling::tell);
            } else {
                answers = run(numbers, sums, () -> {});
            }
        } catch (IOException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(1);
            throw new UncheckedIOException(e);
        }
        answers.forEach(System.out::println);
        boolean isExact = new TreeMap<>(sums).equals(plainSums(given.numbers));
        System.out.println(given.numbers + " numbers, " + sums.size() + " sums: "
                + (isExact ? "all exact" : "NOT those of a plain loop"));
        System.exit(isExact && answers.stream().allMatch(Answer.Done.class::isInstance) ? 0 : 1);
    }
}
