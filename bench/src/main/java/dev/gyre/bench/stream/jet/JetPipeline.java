package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.WindowDefinition;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.util.Optional;

/** Jet as its users write it. */
public final class JetPipeline implements StreamContender {
    @Override
    public String name() {
        return "jet-pipeline";
    }

    @Override
    public String settings() {
        return "Hazelcast Jet 5.7.0, pipeline: rollingAggregate, window(tumbling), fused stateless steps";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return workload.isNexmark() ? Optional.of("see jet-core, which is faster") : Optional.empty();
    }

    @Override
    public void run(Workload workload) {
        var pipeline = pipeline(workload);
        JetEngine.run(workload, (jet, config) -> jet.newJob(pipeline, config));
    }

    private static Pipeline pipeline(Workload workload) {
        return switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sum();
            case WINDOWS, LATENCY -> windows(workload.windowMillis());
            case STATELESS -> stateless();
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 -> throw new IllegalArgumentException(workload + " is not written");
        };
    }

    private static <T> StreamSource<T> feed() {
        return Sources.streamFromProcessor(
                "feed",
                ProcessorMetaSupplier.of(
                        Feed.PARTITIONS,
                        () -> Feed.workload() == Workload.STATELESS ? FeedP.ofNumbers() : FeedP.ofEvents(false)));
    }

    private static <T> Sink<T> tally() {
        return Sinks.fromProcessor("tally", ProcessorMetaSupplier.of(Feed.PARTITIONS, TallyP::new));
    }

    private static Pipeline sum() {
        var pipeline = Pipeline.create();
        pipeline.readFrom(JetPipeline.<Event>feed())
                .withoutTimestamps()
                .groupingKey(Event::key)
                .rollingAggregate(AggregateOperations.summingLong(Event::value))
                .writeTo(tally());
        return pipeline;
    }

    private static Pipeline windows(long lengthMillis) {
        var pipeline = Pipeline.create();
        pipeline.readFrom(JetPipeline.<Event>feed())
                .withTimestamps(Event::millis, 0)
                .groupingKey(Event::key)
                .window(WindowDefinition.tumbling(lengthMillis))
                .aggregate(AggregateOperations.counting())
                .writeTo(tally());
        return pipeline;
    }

    private static Pipeline stateless() {
        var pipeline = Pipeline.create();
        pipeline.readFrom(JetPipeline.<Long>feed())
                .withoutTimestamps()
                .map(Steps::shrink)
                .filter(Steps::isNoMultipleOf16)
                .map(Steps::scramble)
                .filter(Steps::isNoMultipleOf5)
                .map(Steps::fold)
                .writeTo(tally());
        return pipeline;
    }
}
