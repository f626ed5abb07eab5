package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.Tally;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Results go to a tally. */
final class TallySink<T> implements Sink<T> {
    private static final long serialVersionUID = 1;

    private final Entry<T> entry;

    TallySink(Entry<T> entry) {
        this.entry = entry;
    }

    /** What is done with a result. */
    @FunctionalInterface
    interface Entry<T> extends Serializable {
        void add(Tally tally, T result);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new Writer<>(Tally.open(), entry);
    }

    private record Writer<T>(Tally tally, Entry<T> entry) implements SinkWriter<T> {
        @Override
        public void write(T result, Context context) {
            entry.add(tally, result);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
