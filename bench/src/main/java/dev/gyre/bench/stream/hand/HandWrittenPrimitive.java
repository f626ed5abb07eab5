package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.util.Optional;

/** Written by hand with numbers in arrays: what the machine can do. */
public final class HandWrittenPrimitive implements StreamContender {
    @Override
    public String name() {
        return "hand-primitive";
    }

    @Override
    public String settings() {
        return "the same without objects";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return workload == Workload.SUM || workload == Workload.STATELESS
                ? Optional.empty()
                : Optional.of("not written");
    }

    @Override
    public void run(Workload workload) throws Exception {
        var link = new Worker.Link();
        if (workload == Workload.STATELESS) {
            Threads.run(index -> new StatelessWorker(index, true));
        } else {
            Threads.run(index -> new PrimitiveSumWorker(index, link));
        }
    }
}
