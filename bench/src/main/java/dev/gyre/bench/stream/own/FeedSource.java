package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Snapshots;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * The feed as a source.
 *
 * @param <T> what a record is made into
 */
final class FeedSource<T> implements Source<T> {
    private static final Polled LATER = Polled.later(Duration.ofNanos(50_000));

    private final Maker<T> record;

    private FeedSource(Maker<T> record) {
        this.record = record;
    }

    /** Makes a record of its number. */
    static <T> FeedSource<T> of(LongFunction<T> record) {
        return new FeedSource<>((sequence, millis) -> record.apply(sequence));
    }

    /** Makes a record of its number and its time. */
    static <T> FeedSource<T> of(Maker<T> record) {
        return new FeedSource<>(record);
    }

    /** Events that know their time. */
    static FeedSource<Event> ofEvents() {
        return new FeedSource<>(Event::of);
    }

    @Override
    public List<String> partitions() {
        return IntStream.range(0, Feed.PARTITIONS).mapToObj(Integer::toString).toList();
    }

    @Override
    public Partition<T> open(String name, Optional<Object> position) {
        return new FeedPartition<>(
                Feed.open(Integer.parseInt(name), position.map(at -> (Long) at).orElse(0L)), record);
    }

    private record FeedPartition<T>(dev.gyre.bench.stream.Partition feed, Maker<T> record) implements Partition<T> {
        @Override
        public Polled poll(Output<T> out, int max) {
            int count = feed.available(max);
            for (int i = 0; i < count; i++) {
                if (!record.isLeftOut(feed.sequence())) {
                    var made = record.make(feed.sequence(), feed.millis());
                    if (made != null) {
                        out.emit(made);
                    }
                }
                feed.advance();
            }
            feed.count();
            if (count > 0) {
                return Polled.MORE;
            }
            return feed.hasEnded() ? Polled.FINISHED : LATER;
        }

        @Override
        public Object position() {
            if (Feed.workload().hasSnapshots()) {
                Snapshots.began();
            }
            return feed.position();
        }

        @Override
        public void committed(Object position) {
            Snapshots.completed();
        }
    }
}
