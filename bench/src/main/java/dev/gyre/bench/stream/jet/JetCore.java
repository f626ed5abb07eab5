package dev.gyre.bench.stream.jet;

import static com.hazelcast.jet.core.Edge.between;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Partitioner;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import dev.gyre.bench.stream.jet.CountP.WindowedCount;
import java.util.Optional;

/** Jet by its core API. */
public final class JetCore implements StreamContender {
    @Override
    public String name() {
        return "jet-core";
    }

    @Override
    public String settings() {
        return "Hazelcast Jet 5.7.0, core API: own processors and tables, partitioner by key, events by reference, windows in"
                + " two stages, sinks fused by hand, snapshots in memory";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return Optional.empty();
    }

    @Override
    public void run(Workload workload) {
        var dag = dag(workload);
        for (var vertex : dag) {
            vertex.localParallelism(Feed.PARTITIONS);
        }
        JetEngine.run(workload, (jet, config) -> jet.newJob(dag, config));
    }

    private static DAG dag(Workload workload) {
        return switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sum();
            case WINDOWS, LATENCY -> windows();
            case STATELESS -> stateless();
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 -> NexmarkDags.of(workload);
        };
    }

    private static DAG sum() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> FeedP.ofEvents(false));
        var sum = dag.newVertex("sum", SumP::new);
        Partitioner<Event> byKey = (event, count) -> SumP.partition(event.key(), count);
        return dag.edge(between(feed, sum).partitioned(FunctionEx.<Event>identity(), byKey));
    }

    private static DAG windows() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> FeedP.ofEvents(true));
        var counts = dag.newVertex("counts", CountP::new);
        var windows = dag.newVertex("windows", WindowP::new);
        Partitioner<WindowedCount> byKey = (count, partitions) -> SumP.partition(count.key(), partitions);
        return dag.edge(between(feed, counts).isolated())
                .edge(between(counts, windows).partitioned(FunctionEx.<WindowedCount>identity(), byKey));
    }

    private static DAG stateless() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", FeedP::ofNumbers);
        var steps = dag.newVertex("steps", StepsP::new);
        return dag.edge(between(feed, steps).isolated());
    }
}
