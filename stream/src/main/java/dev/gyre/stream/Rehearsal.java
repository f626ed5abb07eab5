package dev.gyre.stream;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A small job that goes through what a job rarely does. See {@link LocalJob#rehearse}. */
final class Rehearsal {
    /**
     * Behind so many to and fro, what a rescale does a few times is compiled, too. Until then it is interpreted, beside a compiler that wants one of the processors: behind three, groups
     * of a busy job were without output for half as long again.
     */
    private static final int RESCALES = 200;

    /** In one of so many rescales to and fro the sinks take nothing for a while. */
    private static final int RESCALES_A_WAIT = 20;

    /** Behind so many, what a snapshot does for each key group is compiled well, and what it does once is compiled at all. */
    private static final int SNAPSHOTS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final int KEYS = 1000;

    /** Records go on all the time: what is rehearsed is done while there are some. */
    private static final long RECORDING_MILLIS = 3;

    /** Twice as long as it takes until a worker has sent all that another may have waiting. */
    private static final long SLOW_MILLIS = 70;

    private volatile boolean isSlow;
    private volatile boolean isOver;

    private Rehearsal() {}

    static void run() throws InterruptedException {
        new Rehearsal().play();
    }

    private void play() throws InterruptedException {
        var settings = LocalJob.Settings.workers(1).upTo(2);
        try (var job = LocalJob.start(job(), settings)) {
            for (int i = 0; i < RESCALES; i++) {
                done("a rescale to two workers", job.rescale(2));
                if (i % RESCALES_A_WAIT == 0) {
                    waitForSink();
                }
                done("a rescale to one worker", job.rescale(1));
            }
            done("a rescale to two workers", job.rescale(2));
            for (int i = 0; i < SNAPSHOTS; i++) {
                done("a snapshot", job.snapshot());
            }
            isOver = true;
            if (!job.await(PATIENCE)) {
                throw new IllegalStateException("a rehearsal is not at its end " + PATIENCE + " after its source");
            }
            job.failure().ifPresent(failure -> {
                throw new IllegalStateException("a rehearsal failed", failure);
            });
        }
    }

    /** Workers that are at the end of their credit are rare, too: compiled code is given up when they come for the first time. */
    private void waitForSink() throws InterruptedException {
        isSlow = true;
        TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        isSlow = false;
    }

    private static void done(String what, CompletableFuture<Answer> answer) throws InterruptedException {
        try {
            var told = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!(told instanceof Answer.Done)) {
                throw new IllegalStateException("in a rehearsal " + what + " came to nothing: " + told);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("in a rehearsal " + what + " was not done within " + PATIENCE, e);
        }
        TimeUnit.MILLISECONDS.sleep(RECORDING_MILLIS);
    }

    /**
     * Each kind of state that many jobs have, and sources whose first operators are of three kinds: code that has met only some is given up when it meets another, and code that has met
     * three is compiled for any.
     */
    private Job job() {
        return Job.named("rehearsal", flow -> {
            var forked = flow.source("forked", new Numbers());
            forked.keyBy("key", number -> number % KEYS)
                    .fold("count", 0L, (count, number) -> count + 1)
                    .values()
                    .sink("counts", new SlowSink<>());
            forked.numbersBy("number", number -> number % KEYS, number -> number)
                    .sum("sum")
                    .entries()
                    .sink("sums", new SlowSink<>());
            flow.source("keyed", new Numbers())
                    .keyBy("key at once", number -> number % KEYS)
                    .<Long, Long>stateful("rises", (key, number, state, out) -> {
                        state.set(state.orElse(0L) + number);
                        out.emit(number);
                    })
                    .sink("risen", new SlowSink<>());
            flow.source("mapped", new Numbers())
                    .map(number -> number + 1)
                    .keyBy("key of mapped", number -> number % KEYS)
                    .<Long, Long>stateful("latest", (key, number, state, out) -> {
                        state.set(number);
                        out.emit(number);
                    })
                    .sink("latest of mapped", new SlowSink<>());
        });
    }

    /** Takes nothing for a while, when it is told to. */
    private final class SlowSink<T> implements Sink<T> {
        @Override
        public Writer<T> open(Context context) {
            return new Writer<>() {
                @Override
                public void write(T value, long time) {}

                @Override
                public boolean isReady() {
                    return !isSlow;
                }
            };
        }
    }

    /** Two partitions that count until all is over. */
    private final class Numbers implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("odd", "even");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<Long> out, int max) {
                    if (isOver) {
                        return Polled.FINISHED;
                    }
                    for (int i = 0; i < max; i++) {
                        out.emit(next++);
                    }
                    return Polled.later(PAUSE);
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }
}
