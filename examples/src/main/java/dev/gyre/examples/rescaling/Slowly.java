package dev.gyre.examples.rescaling;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A source with a pause behind each portion of each partition.
 *
 * @param source what is read
 */
record Slowly<T>(Source<T> source) implements Source<T> {
    /** With the pause, some 50 thousand records a second from each partition. */
    private static final int PORTION = 500;

    private static final Polled PAUSE = Polled.later(Duration.ofMillis(10));

    @Override
    public List<String> partitions() {
        return source.partitions();
    }

    @Override
    public Partition<T> open(String name, Optional<Object> position) {
        var partition = source.open(name, position);
        return new Partition<>() {
            @Override
            public Polled poll(Output<T> out, int max) {
                var polled = partition.poll(out, Math.min(max, PORTION));
                return polled instanceof Polled.More ? PAUSE : polled;
            }

            @Override
            public Object position() {
                return partition.position();
            }

            @Override
            public void committed(Object position) {
                partition.committed(position);
            }

            @Override
            public void close() {
                partition.close();
            }
        };
    }
}
