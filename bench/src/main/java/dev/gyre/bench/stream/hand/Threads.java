package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** A thread a partition. */
final class Threads {
    private Threads() {}

    /** Runs a worker for each partition, until all have ended. */
    static void run(IntFunction<Callable<Boolean>> worker) throws Exception {
        try (var executor = Executors.newFixedThreadPool(Feed.PARTITIONS)) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < Feed.PARTITIONS; i++) {
                running.add(executor.submit(worker.apply(i)));
            }
            for (var each : running) {
                each.get();
            }
        }
    }
}
