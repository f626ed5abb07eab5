package dev.gyre.stream.worker;

import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.operator.GroupedOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a worker does for snapshots: takes down its part, and shows what was prepared once it is committed. */
final class Snapshotting {
    private final long generation;
    private final Worker.Snapshots how;
    private final List<SourceStage> sources;
    private final List<Stage> stages;
    private final Legacy legacy;
    private final Port port;
    /** What sources had read, by snapshot: until it is committed or given up. */
    private final TreeMap<Long, Map<String, Map<String, Object>>> positions = new TreeMap<>();

    private final References references = new References();
    private @Nullable Taking taking;

    Snapshotting(
            long generation,
            Worker.Snapshots how,
            List<SourceStage> sources,
            List<Stage> stages,
            Legacy legacy,
            Port port) {
        this.generation = generation;
        this.how = how;
        this.sources = sources;
        this.stages = stages;
        this.legacy = legacy;
        this.port = port;
    }

    void begin(long snapshot, boolean stops) {
        var read = new TreeMap<String, Map<String, Object>>();
        for (var source : sources) {
            var name = source.plan().root().name();
            var own = source.partitions().positions();
            read.put(name, own);
            taking(snapshot).ifPresent(begun -> {
                begun.positions(name, own);
                begun.take(source.chain(), legacy);
            });
            source.hold(stops);
            source.pass(new Item.Barrier(generation, snapshot));
        }
        positions.put(snapshot, read);
    }

    /** What is taken down for a snapshot; it begins with the first barrier, which may come from another worker before this one knows. */
    private Optional<Taking> taking(long snapshot) {
        var now = taking;
        if (now == null || now.snapshot() < snapshot) {
            stopTaking();
            now = new Taking(snapshot, how, stages.size() + sources.size(), references, port);
            taking = now;
        }
        return now.snapshot() == snapshot ? Optional.of(now) : Optional.empty();
    }

    private void stopTaking() {
        stages.forEach(stage -> stage.chain().grouped().forEach(GroupedOperator::stopTaking));
    }

    /** A barrier has passed a stage: what the stage knows now belongs to the snapshot. */
    void barrier(Stage stage, long snapshot) {
        taking(snapshot).ifPresent(begun -> {
            begun.frontier(stage.plan(), stage.intake().frontier());
            begun.take(stage.chain(), legacy);
        });
    }

    /** Whether something is to be {@linkplain #advance taken down} before more records are taken. */
    boolean isFresh() {
        return taking != null && taking.isFresh();
    }

    /** Goes on to take down. Whether there was something to do. */
    boolean advance() {
        return taking != null && taking.advance();
    }

    void aborted(long snapshot) {
        positions.remove(snapshot);
        sources.forEach(source -> source.hold(false));
        if (taking != null && taking.snapshot() == snapshot) {
            stopTaking();
            taking.giveUp();
        }
    }

    void committed(long snapshot) {
        references.committed(snapshot);
        var read = positions.getOrDefault(snapshot, Map.of());
        positions.headMap(snapshot, true).clear();
        for (var source : sources) {
            source.partitions().committed(read.getOrDefault(source.plan().root().name(), Map.of()));
        }
        sinks().forEach(sink -> {
            sink.writer().committed(snapshot);
            legacy.committed(snapshot, sink.name()).forEach(sink.writer()::commit);
        });
    }

    /** What sinks have written since the last snapshot, of a worker that leaves: for others to show. */
    Map<String, Object> prepareLast(long nextSnapshot) {
        var prepared = new TreeMap<String, Object>();
        sinks().forEach(sink -> sink.writer().prepare(nextSnapshot).ifPresent(own -> prepared.put(sink.name(), own)));
        return prepared;
    }

    /** Whether there is a sink that takes nothing at the moment. */
    boolean isSinkFull() {
        for (var source : sources) {
            if (source.chain().isSinkFull()) {
                return true;
            }
        }
        for (var stage : stages) {
            if (stage.chain().isSinkFull()) {
                return true;
            }
        }
        return false;
    }

    /** Where records leave the job. */
    Stream<SinkEnd> sinks() {
        return Stream.concat(
                        sources.stream().map(SourceStage::chain),
                        stages.stream().map(Stage::chain))
                .flatMap(chain -> chain.sinks().stream());
    }
}
