package dev.gyre.stream.worker;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.operator.SourceNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The partitions of one source that a worker reads: in turn, a batch each. */
final class Partitions {
    private final Source<Object> source;
    private final Output<Object> output;
    private final Consumer<String> onFinished;
    private final Consumer<SourceNews> news;
    private final Predicate<String> isHeld;
    private final List<Open> open = new ArrayList<>();
    private final TreeMap<String, Object> finished = new TreeMap<>();
    private int turn;

    /** One that is read. */
    private static final class Open {
        final String name;
        final Source.Partition<Object> partition;
        long wakeAt = Long.MIN_VALUE;

        Open(String name, Source.Partition<Object> partition) {
            this.name = name;
            this.partition = partition;
        }
    }

    @SuppressWarnings("unchecked") // the graph was built with types that fit
    Partitions(Source<?> source, Output<Object> output, Consumer<String> onFinished, Chain chain) {
        this.source = (Source<Object>) source;
        this.output = output;
        this.onFinished = onFinished;
        this.news = chain.heads().getFirst()::news;
        this.isHeld = chain::holds;
    }

    void open(String name, Optional<Object> position) {
        open.add(new Open(name, source.open(name, position)));
        news.accept(new SourceNews.Comes(name));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Reads a batch of the next partition that may have something. Whether one was asked. */
    boolean poll(long nowNanos) {
        for (int i = 0; i < open.size(); i++) {
            turn = turn + 1 < open.size() ? turn + 1 : 0;
            var next = open.get(turn);
            if (mayHave(next, nowNanos)) {
                poll(next, nowNanos);
                return true;
            }
        }
        return false;
    }

    private boolean mayHave(Open one, long nowNanos) {
        return (one.wakeAt <= nowNanos || one.partition.isReady()) && !isHeld.test(one.name);
    }

    /** Whether no partition may have something. */
    boolean isDry(long nowNanos) {
        for (int i = 0; i < open.size(); i++) {
            if (mayHave(open.get(i), nowNanos)) {
                return false;
            }
        }
        return true;
    }

    private void poll(Open next, long nowNanos) {
        news.accept(new SourceNews.Turn(next.name, nowNanos));
        switch (next.partition.poll(output, Batch.CAPACITY)) {
            case Polled.More more -> {}
            case Polled.Later(var waitNanos) -> next.wakeAt = nowNanos + Math.max(1, waitNanos);
            case Polled.Finished over -> {
                open.remove(next);
                finished.put(next.name, next.partition.position());
                next.partition.close();
                news.accept(new SourceNews.Goes(next.name));
                onFinished.accept(next.name);
            }
        }
    }

    /** When the next partition may have something; {@link Long#MAX_VALUE} when there is none, and for those that are held back: those go on when something is heard of others. */
    long wakeAt() {
        long earliest = Long.MAX_VALUE;
        for (var one : open) {
            if (!isHeld.test(one.name)) {
                earliest = Math.min(earliest, one.wakeAt);
            }
        }
        return earliest;
    }

    /** Where each partition is read on, those that are finished included. */
    Map<String, Object> positions() {
        var positions = new TreeMap<>(finished);
        open.forEach(one -> positions.put(one.name, one.partition.position()));
        return positions;
    }

    /** A snapshot with these positions is committed. */
    void committed(Map<String, Object> positions) {
        for (var one : open) {
            var position = positions.get(one.name);
            if (position != null) {
                one.partition.committed(position);
            }
        }
    }

    /** Whether a partition is read here, or was to its end. */
    boolean has(String name) {
        return finished.containsKey(name) || open.stream().anyMatch(one -> one.name.equals(name));
    }

    /** Reads a partition no more. Where another is to read on, be it only to see that there is no more; nothing when it is not here. */
    Optional<Object> release(String name) {
        for (var one : open) {
            if (one.name.equals(name)) {
                open.remove(one);
                var position = one.partition.position();
                one.partition.close();
                news.accept(new SourceNews.Goes(name));
                return Optional.of(position);
            }
        }
        return Optional.ofNullable(finished.remove(name));
    }

    void close() {
        open.forEach(one -> one.partition.close());
        open.clear();
    }
}
