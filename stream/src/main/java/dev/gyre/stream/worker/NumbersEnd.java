package dev.gyre.stream.worker;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.operator.Operator;

/** What numbers go through at the end of a chain, before the {@link SinkEnd} whose writer takes them. */
final class NumbersEnd extends Operator {
    private final NumberSink.Writer writer;

    NumbersEnd(SinkEnd end) {
        super(end);
        this.writer = writer(end.writer());
    }

    /** Who only wants to know the graph opens writers that are none of a {@link NumberSink}. */
    private static NumberSink.Writer writer(Sink.Writer<?> opened) {
        @SuppressWarnings("unchecked")
        var pairs = (Sink.Writer<Keyed<Long, Long>>) opened;
        return opened instanceof NumberSink.Writer numbers
                ? numbers
                : (key, number, time) -> pairs.write(new Keyed<>(key, number), time);
    }

    @Override
    public void numbers(Numbers numbers) {
        long[] cells = numbers.cells;
        for (int i = 0; i < numbers.end(); i += Numbers.WIDTH) {
            writer.write(cells[i], cells[i + Numbers.VALUE], cells[i + Numbers.TIME]);
        }
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        writer.write((Long) key, (Long) value, time);
    }
}
