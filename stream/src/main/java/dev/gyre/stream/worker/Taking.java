package dev.gyre.stream.worker;

import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SnapshotPartWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A worker's part of a snapshot, while it is taken down. Stages are added as the barrier passes them; their groups are written in small portions between
 * records, so that the stream flows on.
 */
final class Taking implements GroupedOperator.Taker {
    private final long snapshot;
    private final String object;
    private final int portionBytes;
    private final SnapshotPartWriter writer;
    private final ValueWriter values;
    private final TreeMap<String, Object> frontiers = new TreeMap<>();
    private final ArrayDeque<GroupedOperator<?>> untaken = new ArrayDeque<>();
    private final Port port;
    private final References references;
    private final SortedSet<String> usable;
    private int missingStages;
    private boolean isFresh;
    private boolean isDone;

    Taking(long snapshot, Worker.Snapshots how, int stages, References references, Port port) {
        this.snapshot = snapshot;
        this.object = how.objects().apply(snapshot);
        this.portionBytes = how.portionBytes();
        this.writer = new SnapshotPartWriter(object);
        this.values = new ValueWriter(how.types(), new BytesOut(), "snapshot " + snapshot);
        this.missingStages = stages;
        this.references = references;
        this.usable = references.usable();
        this.port = port;
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
            isFresh = true;
        }
    }

    /** Whether nothing was written of groups that a barrier has just passed. A record that changes one of them first has it copied, which costs more than a small state takes to write. */
    boolean isFresh() {
        return isFresh;
    }

    @Override
    public ValueWriter begin(String operator, int group) {
        values.restart(writer.begin(new Section(operator, group)));
        return values;
    }

    @Override
    public boolean refer(String operator, int group) {
        var older = references.find(operator, group, usable);
        older.ifPresent(writer::refer);
        return older.isPresent();
    }

    @Override
    public void end() {
        references.written(writer.end());
    }

    /** Nobody wants it any more. */
    void giveUp() {
        untaken.clear();
        isDone = true;
    }

    private void takeSome() {
        long enough = writer.size() + portionBytes;
        for (var operator = untaken.peek(); operator != null && writer.size() < enough; operator = untaken.peek()) {
            if (!operator.takeSome(1)) {
                untaken.poll();
            }
        }
    }

    /** Goes on. Whether there was something to do. */
    boolean advance() {
        isFresh = false;
        if (!untaken.isEmpty()) {
            takeSome();
            return true;
        }
        if (missingStages == 0 && !isDone) {
            isDone = true;
            write(Restored.FRONTIERS, frontiers);
            var bytes = writer.finish();
            var older = references.taken(snapshot, object, writer.sections(), bytes);
            port.taken(snapshot, older, bytes);
            return true;
        }
        return false;
    }
}
