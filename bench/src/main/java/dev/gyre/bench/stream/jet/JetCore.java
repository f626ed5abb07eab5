package dev.gyre.bench.stream.jet;

import static com.hazelcast.jet.core.Edge.between;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Partitioner;
import com.hazelcast.jet.core.SlidingWindowPolicy;
import com.hazelcast.jet.core.TimestampKind;
import com.hazelcast.jet.core.function.KeyedWindowResultFunction;
import com.hazelcast.jet.core.processor.Processors;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.util.List;
import java.util.Map;
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
            case WINDOWS, LATENCY -> windows(workload.windowMillis());
            case STATELESS -> stateless();
        };
    }

    private static DAG sum() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(false));
        var sum = dag.newVertex("sum", SumP::new);
        Partitioner<Event> byKey = (event, count) -> SumP.partition(event.key(), count);
        return dag.edge(between(feed, sum).partitioned(FunctionEx.<Event>identity(), byKey));
    }

    private static DAG windows(long lengthMillis) {
        var dag = new DAG();
        var policy = SlidingWindowPolicy.tumblingWinPolicy(lengthMillis);
        var counting = AggregateOperations.counting();
        FunctionEx<Event, Long> key = Event::key;
        KeyedWindowResultFunction<Long, Long, KeyedWindowResult<Long, Long>> result = KeyedWindowResult::new;
        var feed = dag.newVertex("feed", () -> new FeedP(true));
        var counts = dag.newVertex(
                "counts",
                Processors.accumulateByFrameP(
                        List.of(key), List.of((Event event) -> event.millis()), TimestampKind.EVENT, policy, counting));
        var windows = dag.newVertex("windows", Processors.combineToSlidingWindowP(policy, counting, result));
        var tally = dag.newVertex("tally", TallyP::new);
        Partitioner<Map.Entry<Long, ?>> byKey = (entry, count) -> SumP.partition(entry.getKey(), count);
        return dag.edge(between(feed, counts).isolated())
                .edge(between(counts, windows).partitioned(FunctionEx.<Map.Entry<Long, ?>>identity(), byKey))
                .edge(between(windows, tally).isolated());
    }

    private static DAG stateless() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(false));
        var steps = dag.newVertex("steps", StepsP::new);
        return dag.edge(between(feed, steps).isolated());
    }
}
