package dev.gyre.bench.stream.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink of {@link FlinkEventSerializer}. */
final class FlinkEventType extends TypeInformation<FlinkEvent> {
    static final FlinkEventType INSTANCE = new FlinkEventType();
    private static final long serialVersionUID = 1;

    private FlinkEventType() {}

    @Override
    public TypeSerializer<FlinkEvent> createSerializer(SerializerConfig config) {
        return new FlinkEventSerializer();
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<FlinkEvent> getTypeClass() {
        return FlinkEvent.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "FlinkEvent";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlinkEventType;
    }

    @Override
    public int hashCode() {
        return FlinkEventType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof FlinkEventType;
    }
}
