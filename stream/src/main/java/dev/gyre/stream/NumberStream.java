package dev.gyre.stream;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.Operators;
import dev.gyre.stream.graph.Vertex;
import java.util.function.LongBinaryOperator;

/**
 * Numbers by keys that are numbers, such as amounts by account: the fast way for what has no need of objects. From where they are made to the sink no object is made of a
 * record, on its way over the exchange or in the state.
 */
public final class NumberStream {
    private final Graph graph;
    private final Vertex vertex;
    private final String key;
    private final boolean isExchanged;

    NumberStream(Graph graph, Vertex vertex, String key, boolean isExchanged) {
        this.graph = graph;
        this.vertex = vertex;
        this.key = key;
        this.isExchanged = isExchanged;
    }

    /**
     * For each record the number that its key has then.
     *
     * @param name of the state
     * @param initial the number of a key of which there was no record
     * @param function makes the new number of the old one and a record's
     */
    public NumberStream fold(String name, long initial, LongBinaryOperator function) {
        var input = isExchanged ? vertex : graph.exchange("exchange by " + key, vertex);
        return new NumberStream(
                graph, graph.stateful(name, Operators.numberFold(name, initial, function), input), key, true);
    }

    /** For each record the sum of its key until then; it goes on from the other end where it grows beyond the range of {@code long}. */
    public NumberStream sum(String name) {
        return fold(name, 0, Long::sum);
    }

    /** The same with keys and values as objects, for all else that can be done with a stream. */
    public KeyedStream<Long, Long> asObjects() {
        return new KeyedStream<>(graph, vertex, isExchanged, key);
    }

    /**
     * Where the numbers go, with their keys.
     *
     * @param name unique in the job: what the sink has prepared is found under it
     */
    public void sink(String name, NumberSink sink) {
        graph.sink(name, sink, vertex);
    }

    /** The numbers with their keys. */
    public Stream<Keyed<Long, Long>> entries() {
        return asObjects().entries();
    }
}
