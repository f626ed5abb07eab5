package dev.gyre.bench.stream.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of records that do not change, made of two functions: no copies, no names, no nulls. Not for snapshots.
 *
 * @param <T> the records
 */
final class Form<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1;
    private static final int LENGTH_VARIES = -1;

    private final Class<T> type;
    private final Writer<T> writer;
    private final Reader<T> reader;

    /** Writes a record. */
    @FunctionalInterface
    interface Writer<T> extends Serializable {
        void write(T value, DataOutputView out) throws IOException;
    }

    /** Reads one. */
    @FunctionalInterface
    interface Reader<T> extends Serializable {
        T read(DataInputView in) throws IOException;
    }

    /** A number of a record. */
    @FunctionalInterface
    interface ToLong<T> extends Serializable {
        long of(T value);
    }

    private Form(Class<T> type, Writer<T> writer, Reader<T> reader) {
        this.type = type;
        this.writer = writer;
        this.reader = reader;
    }

    static <T> OwnType<T> of(Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new OwnType<>(type, new Form<>(type, writer, reader));
    }

    /** The type of records that only go from one chained operator to the next: that they are written fails, so that it is noticed. */
    static <T> OwnType<T> chained(Class<T> type) {
        return of(
                type,
                (value, out) -> {
                    throw new IllegalStateException("not chained: " + value);
                },
                in -> {
                    throw new IllegalStateException("not chained");
                });
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public T createInstance() {
        throw new UnsupportedOperationException("there is no empty " + type.getSimpleName());
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return LENGTH_VARIES;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        writer.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return reader.read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return reader.read(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        writer.write(reader.read(source), target);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        throw new UnsupportedOperationException("no snapshots are taken of " + type.getSimpleName());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Form<?> form && form.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }
}
