package dev.gyre.examples.rescaling;

import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Sums of numbers by their last digits, on one worker, then on four, then on two, while numbers are read. The sums in the end are compared with those of a plain loop.
 *
 * <p>Groups of keys move with what is known of them, partitions with their positions; keys that stay are not stopped.
 */
public final class Rescaling {
    private static final int PARTITIONS = 4;
    private static final long KEYS = 1000;
    private static final long DEFAULT_NUMBERS = 50_000_000;
    private static final int MAX_WORKERS = 4;
    private static final List<Integer> STEPS = List.of(4, 2);

    private Rescaling() {}

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
        // The sums of a key come from one worker at a time, and grow.
        var job = job(numbers, Sinks.forEach(entry -> sums.put(entry.key(), entry.value())));
        try (var running = LocalJob.start(job, LocalJob.Settings.workers(1).upTo(MAX_WORKERS))) {
            var answers = rescale(running);
            behindRescales.run();
            running.await();
            running.failure().ifPresent(failure -> {
                throw failure;
            });
            return answers;
        }
    }

    private static Answer answer(Future<Answer> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job could not be asked to rescale", e.getCause());
        }
    }

    /**
     * Runs the job and compares; ends with 1 when a sum is wrong, or the job was at its end before it had been rescaled.
     *
     * @param args how many numbers, 50 million unless given
     */
    public static void main(String[] args) throws InterruptedException {
        long numbers = DEFAULT_NUMBERS;
        try {
            numbers = args.length == 0 ? numbers : Long.parseLong(args[0]);
        } catch (NumberFormatException e) {
            numbers = -1;
        }
        if (args.length > 1 || numbers < 0) {
            System.err.println("usage: rescaling [NUMBERS]: how many numbers to add up, 0 or more");
            System.exit(2);
        }
        var sums = new ConcurrentHashMap<Long, Long>();
        var answers = run(numbers(numbers), sums, () -> {});
        answers.forEach(System.out::println);
        boolean isExact = new TreeMap<>(sums).equals(plainSums(numbers));
        System.out.println(numbers + " numbers, " + sums.size() + " sums: "
                + (isExact ? "all exact" : "NOT those of a plain loop"));
        System.exit(isExact && answers.stream().allMatch(Answer.Done.class::isInstance) ? 0 : 1);
    }
}
