package dev.gyre.stream.testing;

import dev.gyre.stream.Job;
import dev.gyre.stream.KeyedStream;
import dev.gyre.stream.Stream;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is done with a stream between two exchanges, at worker 0: a function of your own, with or without keys, or several in a row.
 *
 * <pre>{@code
 * var kit = OperatorKit.<String, Long, Long>keyed(stream -> stream.stateful("total", new Total()));
 * kit.send("a", 3L);
 * kit.send("a", 4L);
 * kit.run();
 * assertThat(kit.values()).containsExactly(3L, 7L);
 * }</pre>
 *
 * <p>At every step all operators are thrown away, and new ones are made from what the old ones wrote: state that cannot be
 * written, or that comes back as something else, shows at once. For one thread.
 *
 * @param <T> what goes in
 * @param <O> what comes out
 */
public final class OperatorKit<T, O> {
    /** Steps that {@link #run} makes at most for each message: more means that it goes round in circles. */
    private static final int MAX_STEPS = 1_000_000;

    private final DistributorKit exchange;
    private final StageChain chain;
    private final List<Message> received = new ArrayList<>();
    private Types types;
    private boolean isRenewed;
    private boolean isEnded;

    private OperatorKit(Job job, int stage) {
        this.types = job.types();
        this.exchange = DistributorKit.of(0, List.of(0, 1));
        this.chain = new StageChain(job.plan().stages().get(stage).root(), 0, exchange.assignment(), new Outbox());
    }

    /** Something that is done with records without keys. */
    public static <T, O> OperatorKit<T, O> of(Function<Stream<T>, Stream<O>> operators) {
        return new OperatorKit<>(
                Job.named(
                        "kit",
                        DistributorKit.GROUPS,
                        flow -> OperatorKit.<O>end(operators.apply(flow.source("input", new Nothing<T>())))),
                0);
    }

    /** Something that is done with records by key, which have event times. */
    public static <K, T, O> OperatorKit<T, O> keyed(
            Function<KeyedStream<K, T>, ? extends KeyedStream<?, O>> operators) {
        return new OperatorKit<>(
                Job.named("kit", DistributorKit.GROUPS, flow -> {
                    var source = flow.source("input", new Nothing<T>()).assignTimestamps(value -> {
                        throw new IllegalStateException("the kit gives the time of " + value + " itself");
                    });
                    KeyedStream<K, T> keyed = source.inOrder().keyBy("key", value -> {
                        throw new IllegalStateException("the kit gives the key of " + value + " itself");
                    });
                    end(operators.apply(keyed).values());
                }),
                1);
    }

    private static <O> void end(Stream<O> stream) {
        stream.sink("output", context -> (value, time) -> {});
    }

    /** Adds types that states may have: records, enums, sealed interfaces. */
    public OperatorKit<T, O> types(Class<?>... more) {
        types = types.with(more);
        return this;
    }

    /** Replaces the types that states may have: for those with codecs. */
    public OperatorKit<T, O> types(Types all) {
        types = all;
        return this;
    }

    /** A key of this worker, or of the other one, worker 1: a number from a first one on. */
    public long keyOf(int worker, long from) {
        return exchange.keyOf(worker, from);
    }

    /** This worker reads a record without a key or a time. */
    public void send(T value) {
        sendLocal(Message.data(Operator.NO_KEY, value));
    }

    /** A record of this worker, whose key must be one of its own. */
    public void send(Object key, T value) {
        sendLocal(Message.data(key, value));
    }

    /** A record of this worker with an event time in nanoseconds. */
    public void send(Object key, T value, long time) {
        sendLocal(Message.data(key, value, time));
    }

    /** This worker sends. Records with keys of worker 1 go there, and are seen no more. */
    public void sendLocal(Message message) {
        exchange.sendLocal(message);
    }

    /** Worker 1 sends to this one. */
    public void sendRemote(Message message) {
        exchange.sendRemote(1, message);
    }

    /** Both workers have come to an epoch, in nanoseconds. */
    public void epoch(long time) {
        sendLocal(Message.epoch(time));
        sendRemote(Message.epoch(time));
    }

    /** Neither worker sends anything more. */
    public void end() {
        sendLocal(Message.end());
        sendRemote(Message.end());
    }

    /** Writes and reads all state, then takes one item, if there is one. Whether there was. */
    public boolean step() {
        renew();
        var items = exchange.step();
        items.forEach(this::take);
        return !items.isEmpty();
    }

    /** Steps until there is nothing more to do. Returns what came out. */
    public List<Message> run() {
        int steps = 0;
        while (step() || !exchange.isQuiet()) {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("no end after " + steps + " steps: " + exchange);
            }
        }
        return received();
    }

    private void renew() {
        chain.renew(types);
        if (exchange.frontier() > Long.MIN_VALUE) {
            isRenewed = true;
            chain.head().epoch(exchange.frontier()); // a new operator does not know what time it is
            isRenewed = false;
        }
    }

    private void take(Message message) {
        switch (message) {
            case Message.Data(var key, var value, var time) -> {
                int hash = key.equals(Operator.NO_KEY) ? 0 : KeyHash.of(key);
                chain.head().record(key, hash, value, time);
                chain.head().pause();
            }
            case Message.Control(Item.Epoch(var time)) -> chain.head().epoch(time);
            case Message.Control(Item.Idle idle) -> chain.head().idle();
            case Message.Control(Item.End end) -> {
                if (exchange.frontier() < Long.MAX_VALUE) {
                    chain.head().epoch(Long.MAX_VALUE);
                }
                chain.head().end();
            }
            case Message.Control other -> received.add(other);
        }
    }

    /** All that has come out since it was asked last, epochs and the end included. */
    public List<Message> received() {
        var out = List.copyOf(received);
        received.clear();
        return out;
    }

    /** The values that have come out since it was asked last. */
    @SuppressWarnings("unchecked") // the stream says so
    public List<O> values() {
        return received().stream()
                .filter(Message.Data.class::isInstance)
                .map(data -> (O) ((Message.Data) data).value())
                .toList();
    }

    /** What comes out. */
    private final class Outbox extends Terminal {
        @Override
        public void record(Object key, int hash, Object value, long time) {
            if (isEnded) {
                throw new IllegalStateException("an operator emits " + value + " after the end");
            }
            received.add(Message.data(key, value, time));
        }

        @Override
        public void epoch(long time) {
            if (!isRenewed) {
                received.add(Message.epoch(time));
            }
        }

        @Override
        public void idle() {
            received.add(Message.idle());
        }

        @Override
        public void end() {
            isEnded = true;
            received.add(Message.end());
        }
    }

    /** A source that is never read. */
    private static final class Nothing<T> implements Source<T> {
        @Override
        public List<String> partitions() {
            return List.of();
        }

        @Override
        public Partition<T> open(String name, Optional<Object> position) {
            throw new IllegalStateException("the kit sends records itself");
        }
    }
}
