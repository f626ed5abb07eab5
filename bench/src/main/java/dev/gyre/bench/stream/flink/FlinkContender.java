package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/** Flink by its DataStream API, on a cluster inside this JVM. */
public final class FlinkContender implements StreamContender {
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(100);
    private static final Duration BUFFER_TIMEOUT_PACED = Duration.ofMillis(1);

    private static final OwnType<FlinkEvent> EVENT_TYPE = new OwnType<>(FlinkEvent.class, new FlinkEventSerializer());

    private final boolean usesWindows;

    /** One that counts windows by timers, or by Flink's windows. */
    public FlinkContender(boolean usesWindows) {
        this.usesWindows = usesWindows;
    }

    @Override
    public String name() {
        return usesWindows ? "flink-windows" : "flink";
    }

    @Override
    public String settings() {
        return usesWindows
                ? "the same, with TumblingEventTimeWindows and an aggregate"
                : "Flink 2.3.0, DataStream, cluster in the JVM: object reuse, own serializer, mutable state on the heap, source that"
                        + " emits batches, sink chained, windows by timers, checkpoints in memory, buffer time-out 1 ms for W6";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return usesWindows && (workload.isNexmark() || !workload.hasWindows())
                ? Optional.of("as flink")
                : Optional.empty();
    }

    @Override
    public void run(Workload workload) throws Exception {
        var environment = StreamExecutionEnvironment.createLocalEnvironment(Feed.PARTITIONS, configuration(workload));
        switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sum(environment);
            case WINDOWS, LATENCY -> windows(environment, workload.windowMillis());
            case STATELESS -> stateless(environment);
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 -> NexmarkFlows.add(workload, environment);
        }
        environment.execute(workload.id());
    }

    private static Configuration configuration(Workload workload) {
        var configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false); // no silent fallback to a slow serializer
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, workload.isPaced() ? BUFFER_TIMEOUT_PACED : BUFFER_TIMEOUT);
        if (workload.hasSnapshots()) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
            configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
            configuration.set(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(Workload.SNAPSHOT_INTERVAL_MILLIS));
        }
        return configuration;
    }

    private static DataStream<FlinkEvent> events(StreamExecutionEnvironment environment, boolean hasTimes) {
        var source = new FeedSource<>(new FeedSource.Events(), hasTimes);
        return environment.fromSource(source, WatermarkStrategy.noWatermarks(), "feed", EVENT_TYPE);
    }

    private static void sum(StreamExecutionEnvironment environment) {
        events(environment, false)
                .keyBy(event -> event.key, Types.LONG)
                .map(new RunningSum())
                .returns(EVENT_TYPE)
                .sinkTo(new TallySink<FlinkEvent>((tally, event) -> tally.sum(event.key, event.value)));
    }

    private void windows(StreamExecutionEnvironment environment, long lengthMillis) {
        var keyed = events(environment, true).keyBy(event -> event.key, Types.LONG);
        var counts = usesWindows
                ? keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(lengthMillis)))
                        .aggregate(new Count(), new WindowCount(), ValueTypeInfo.LONG_VALUE_TYPE_INFO, WindowCount.TYPE)
                : keyed.process(new CountByTimer(lengthMillis), WindowCount.TYPE);
        counts.sinkTo(new TallySink<>((tally, window) -> tally.window(window.f0, window.f1, window.f2)));
    }

    private static void stateless(StreamExecutionEnvironment environment) {
        var source = new FeedSource<>((sequence, millis) -> Feed.number(sequence), false);
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "feed", Types.LONG)
                .map(number -> Steps.shrink(number))
                .returns(Types.LONG)
                .filter(number -> Steps.isNoMultipleOf16(number))
                .map(number -> Steps.scramble(number))
                .returns(Types.LONG)
                .filter(number -> Steps.isNoMultipleOf5(number))
                .map(number -> Steps.fold(number))
                .returns(Types.LONG)
                .sinkTo(new TallySink<Long>((tally, number) -> tally.number(number)));
    }
}
