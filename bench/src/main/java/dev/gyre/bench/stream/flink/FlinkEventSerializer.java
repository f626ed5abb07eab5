package dev.gyre.bench.stream.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Two numbers of eight bytes. */
final class FlinkEventSerializer extends TypeSerializerSingleton<FlinkEvent> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public FlinkEvent createInstance() {
        return new FlinkEvent();
    }

    @Override
    public FlinkEvent copy(FlinkEvent from) {
        return copy(from, new FlinkEvent());
    }

    @Override
    public FlinkEvent copy(FlinkEvent from, FlinkEvent reuse) {
        reuse.key = from.key;
        reuse.value = from.value;
        return reuse;
    }

    @Override
    public int getLength() {
        return 2 * Long.BYTES;
    }

    @Override
    public void serialize(FlinkEvent event, DataOutputView target) throws IOException {
        target.writeLong(event.key);
        target.writeLong(event.value);
    }

    @Override
    public FlinkEvent deserialize(DataInputView source) throws IOException {
        return deserialize(new FlinkEvent(), source);
    }

    @Override
    public FlinkEvent deserialize(FlinkEvent reuse, DataInputView source) throws IOException {
        reuse.key = source.readLong();
        reuse.value = source.readLong();
        return reuse;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.writeLong(source.readLong());
        target.writeLong(source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<FlinkEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** How Flink remembers which serializer it was. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FlinkEvent> {
        /** Flink makes it by reflection. */
        public Snapshot() {
            super(FlinkEventSerializer::new);
        }
    }
}
