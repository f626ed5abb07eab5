package dev.gyre.stream.worker;

import dev.gyre.stream.api.Sink;
import dev.gyre.stream.operator.Terminal;

/** The end of a chain where records leave the job. */
final class SinkEnd extends Terminal {
    private final String name;
    private final Sink.Writer<Object> writer;

    SinkEnd(String name, Sink.Writer<Object> writer) {
        this.name = name;
        this.writer = writer;
    }

    String name() {
        return name;
    }

    Sink.Writer<Object> writer() {
        return writer;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        writer.write(value, time);
    }

    @Override
    public void epoch(long time) {}

    @Override
    public void idle() {}

    @Override
    public void end() {
        writer.flush();
    }
}
