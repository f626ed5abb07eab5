package dev.gyre.stream.worker;

import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SnapshotPartWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A worker's part of a snapshot, while it is taken down. Stages are added as the barrier passes them; their groups are written in small portions between
 * records, so that the stream flows on.
 */
final class Taking implements GroupedOperator.Taker {
    /** Groups written at a time: a few hundred keys of a job with a hundred thousand, some tens of microseconds. */
    private static final int PORTION = 8;

    private final long snapshot;
    private final SnapshotPartWriter writer;
    private final ValueWriter values;
    private final TreeMap<String, Object> frontiers = new TreeMap<>();
    private final ArrayDeque<GroupedOperator<?>> untaken = new ArrayDeque<>();
    private final Consumer<List<ByteBuffer>> onTaken;
    private int missingStages;
    private boolean isDone;

    Taking(long snapshot, Worker.Snapshots how, int stages, Consumer<List<ByteBuffer>> onTaken) {
        this.snapshot = snapshot;
        this.writer = new SnapshotPartWriter(how.objects().apply(snapshot));
        this.values = new ValueWriter(how.types(), new BytesOut(), "snapshot " + snapshot);
        this.missingStages = stages;
        this.onTaken = onTaken;
    }

    long snapshot() {
        return snapshot;
    }

    void frontier(Plan.StagePlan stage, long frontier) {
        frontiers.put(Restored.name(stage), frontier);
    }

    void positions(String source, Map<String, Object> positions) {
        write(new Section(source, Section.NO_GROUP), positions);
    }

    private void write(Section section, Object value) {
        values.restart(writer.begin(section));
        values.write(value);
        writer.end();
    }

    /** The barrier has passed a stage. */
    void take(Chain chain, Legacy legacy) {
        missingStages--;
        for (var sink : chain.sinks()) {
            var prepared = new ArrayList<>(legacy.take(snapshot, sink.name()));
            sink.writer().prepare(snapshot).ifPresent(prepared::add);
            if (!prepared.isEmpty()) {
                write(new Section(sink.name(), Section.NO_GROUP), prepared);
            }
        }
        for (var operator : chain.grouped()) {
            operator.beginTaking(this);
            untaken.add(operator);
        }
    }

    @Override
    public ValueWriter begin(String operator, int group) {
        values.restart(writer.begin(new Section(operator, group)));
        return values;
    }

    @Override
    public void end() {
        writer.end();
    }

    /** Nobody wants it any more. */
    void giveUp() {
        untaken.clear();
        isDone = true;
    }

    /** Goes on. Whether there was something to do. */
    boolean advance() {
        var operator = untaken.peek();
        if (operator != null) {
            if (!operator.takeSome(PORTION)) {
                untaken.poll();
            }
            return true;
        }
        if (missingStages == 0 && !isDone) {
            isDone = true;
            write(Restored.FRONTIERS, frontiers);
            onTaken.accept(writer.finish());
            return true;
        }
        return false;
    }
}
