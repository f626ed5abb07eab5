package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.util.Optional;

/** Written by hand with records that are objects, as an engine has to take them. */
public final class HandWritten implements StreamContender {
    @Override
    public String name() {
        return "hand";
    }

    @Override
    public String settings() {
        return "two threads, batches of " + Worker.BATCH + " objects by rings, open addressing, snapshots copy tables";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return workload.isNexmark() ? Optional.of("not written") : Optional.empty();
    }

    @Override
    public void run(Workload workload) throws Exception {
        var link = new Worker.Link();
        switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> Threads.run(index -> new SumWorker(index, link));
            case WINDOWS, LATENCY -> Threads.run(index -> new WindowWorker(index, link));
            case STATELESS -> Threads.run(index -> new StatelessWorker(index, false));
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 -> throw new IllegalArgumentException(workload + " is not written");
        }
    }
}
