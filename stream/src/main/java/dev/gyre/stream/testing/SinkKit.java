package dev.gyre.stream.testing;

import dev.gyre.stream.api.Sink;
import dev.gyre.stream.codec.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A sink of your own, written by one worker or several, through snapshots and crashes.
 *
 * <pre>{@code
 * var kit = SinkKit.of(new Ledger(url));
 * kit.write("a");
 * kit.snapshot();      // prepared by all writers, then committed
 * kit.write("b");
 * kit.prepare();       // prepared, and not committed
 * kit.crash();         // a new generation, restored from the last committed snapshot
 * }</pre>
 *
 * <p>What writers have prepared is written and read before it is given to those of the next generation. For one thread.
 *
 * @param <T> the records
 */
public final class SinkKit<T> implements AutoCloseable {
    private final Sink<T> sink;
    private final List<Sink.Writer<T>> writers = new ArrayList<>();
    private List<byte[]> prepared = List.of();
    private List<byte[]> committed = List.of();
    private Types types = Types.builtIn();
    private long generation;
    private long snapshot;

    private SinkKit(Sink<T> sink) {
        this.sink = sink;
    }

    /** A sink with one writer. */
    public static <T> SinkKit<T> of(Sink<T> sink) {
        return of(sink, 1);
    }

    /** A sink with a writer at each of some workers, which are numbered from 0. */
    public static <T> SinkKit<T> of(Sink<T> sink, int workers) {
        var kit = new SinkKit<>(sink);
        kit.open(workers);
        return kit;
    }

    /** Adds types that may be prepared: records, enums, sealed interfaces. */
    public SinkKit<T> types(Class<?>... more) {
        types = types.with(more);
        return this;
    }

    private void open(int workers) {
        generation++;
        writers.clear();
        for (int worker = 0; worker < workers; worker++) {
            var own = new ArrayList<Object>();
            for (int i = worker; i < committed.size(); i += workers) {
                own.add(Objects.requireNonNull(types.fromBytes(committed.get(i), "what a sink has prepared")));
            }
            writers.add(sink.open(new Sink.Context(worker, generation, own)));
        }
    }

    /** Writes a record at worker 0. */
    public void write(T value) {
        write(0, value);
    }

    /**
     * Writes a record at a worker.
     *
     * @throws IllegalStateException when the writer takes none, though it was flushed
     */
    public void write(int worker, T value) {
        var writer = writers.get(worker);
        if (!writer.isReady()) {
            writer.flush();
        }
        if (!writer.isReady()) {
            throw new IllegalStateException("the writer of worker " + worker + " has no room for " + value);
        }
        writer.write(value, Long.MIN_VALUE);
    }

    /** Nothing more comes at the moment. */
    public void flush() {
        writers.forEach(Sink.Writer::flush);
    }

    /** All writers prepare a snapshot, in turn. Its number. */
    public long prepare() {
        snapshot++;
        var all = new ArrayList<byte[]>();
        for (var writer : writers) {
            writer.prepare(snapshot).ifPresent(object -> all.add(types.toBytes(object, "what a sink has prepared")));
        }
        prepared = all;
        return snapshot;
    }

    /** The snapshot that was prepared last is committed: from here on it is what is restored. The writers are not told yet. */
    public void commit() {
        committed = prepared;
    }

    /** All writers are told of the last snapshot. */
    public void tell() {
        writers.forEach(writer -> writer.committed(snapshot));
    }

    /** All writers prepare a snapshot, it is committed, and they are told. */
    public void snapshot() {
        prepare();
        commit();
        tell();
    }

    /** All workers are gone at once, and so many come back that know of the last committed snapshot. */
    public void crash(int workers) {
        open(workers);
    }

    /** All workers are gone at once, and as many come back. */
    public void crash() {
        crash(writers.size());
    }

    /** All writers let go. */
    @Override
    public void close() {
        writers.forEach(Sink.Writer::close);
    }
}
