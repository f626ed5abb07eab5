package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.State;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.Operators;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A job on a {@link Cluster} that is rescaled: nothing is lost, doubled, reordered, left behind, or later than its time. */
final class RescaleRun {
    /** Far more than any run takes. */
    private static final int STEPS_MAX = 20_000_000;

    private static final int QUIET_STEPS_MAX = 20_000;

    private static final KeyedFunction<Object, Item, Seen, Item> CHECK = RescaleRun::check;

    /** One job for all seeds: what it reads and where it writes are those of the run at hand. Its code is compiled once. */
    private static final Plan PLAN = plan();

    private static RescaleRun run = new RescaleRun(0);

    /** In a quarter of the runs all that workers send each other goes through bytes. */
    private static final UnaryOperator<Frame> AS_BYTES =
            Cluster.asBytes(new FrameBytes(PLAN, Types.builtIn().with(Item.class, Seen.class)));

    private final Random random;
    private final UnaryOperator<Frame> wire;
    private final List<String> partitions;
    private final long records;
    private final int keys;
    private final int burst;
    private final EventTime time;
    /** How many records of each key have come to the end. */
    private final TreeMap<Long, Long> totals = new TreeMap<>();

    /** A record: which one of which partition. */
    record Item(String partition, long number, long key) {}

    /** What a key has seen of each partition, in order. */
    record Seen(long count, Map<String, Long> last) {}

    private RescaleRun(long seed) {
        random = new Random(seed);
        wire = seed % 4 == 0 ? AS_BYTES : frame -> frame;
        partitions =
                IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> "p" + i).toList();
        records = random.nextInt(60) == 0 ? 60_000 : random.nextInt(1000);
        keys = 1 + random.nextInt(40);
        burst = 1 + random.nextInt(200);
        time = new EventTime(random);
    }

    /** The first of some seeds that fails, and why; empty when none does. */
    static String firstFailure(int seeds) {
        return firstFailure(1, seeds);
    }

    static String firstFailure(long first, int seeds) {
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                run = new RescaleRun(seed);
                run.go();
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure;
            }
        }
        return "";
    }

    private static Plan plan() {
        var graph = new Graph("rescaled");
        var numbers = graph.source("items", new Numbers());
        var ticks = graph.stateless("ticks", (site, next) -> new EventTime.Ticks(run.time, next), numbers);
        var first = keyed(graph, "first", Operators.key((Item item) -> item.key()), ticks);
        var second = keyed(graph, "second", Operators.key((Item item) -> "k" + item.key() / 2), first);
        var key = graph.stateless("key", Operators.key((Item item) -> item.key()), second);
        var timers = timers(graph, "late", graph.exchange("again", key));
        var count = Operators.fold("count", 0L, (Long sum, Item item) -> sum + 1);
        var entries = graph.stateless("entries", Operators.entry(), graph.stateful("count", count, timers));
        Sink<Keyed<Long, Long>> sink = context -> (entry, time) -> run.totals.put(entry.key(), entry.value());
        graph.sink("totals", sink, entries);
        return graph.finish(64);
    }

    private static Vertex keyed(Graph graph, String name, Vertex.OperatorFactory key, Vertex input) {
        var exchange = graph.exchange("exchange " + name, graph.stateless("key", key, input));
        var checked = graph.stateful(name, Operators.stateful(name, CHECK), exchange);
        return timers(graph, "timers " + name, checked);
    }

    private static Vertex timers(Graph graph, String name, Vertex input) {
        return graph.stateful(name, (site, next) -> new EventTime.Timers(run.time, name, site.groups(), next), input);
    }

    private void go() {
        var cluster = new Cluster(PLAN, workers(), Map.of("items", partitions), random, wire);
        int rescales = random.nextInt(6);
        int pace = 1 + random.nextInt(200);
        int quiet = 0;
        for (int steps = 0; !cluster.isOver(); steps++) {
            if (rescales > 0 && !cluster.isRescaling() && random.nextInt(pace) == 0) {
                rescales--;
                cluster.rescale(workers());
            }
            quiet = cluster.step() ? 0 : quiet + 1;
            if (quiet > QUIET_STEPS_MAX || steps > STEPS_MAX) {
                throw new AssertionError("it hangs after " + steps + " steps: " + cluster);
            }
        }
        var expected = new TreeMap<Long, Long>();
        for (long number = 0; number < records; number++) {
            expected.merge(number % keys, (long) partitions.size(), Long::sum);
        }
        assertThat(totals).isEqualTo(expected);
        long all = records * partitions.size();
        if (all > 0) {
            assertThat(time.fired())
                    .as("timers")
                    .hasSize(3)
                    .allSatisfy((name, fired) -> assertThat(fired).as(name).isEqualTo(all));
        }
    }

    private List<Integer> workers() {
        var set = new TreeSet<Integer>();
        int count = 1 + random.nextInt(4);
        while (set.size() < count) {
            set.add(random.nextInt(Cluster.NODES));
        }
        return new ArrayList<>(set);
    }

    private static void check(Object key, Item item, State<Seen> state, Output<Item> out) {
        var seen = state.orElse(new Seen(0, Map.of()));
        var from = item.partition() + "/" + item.key(); // what different workers send has no order
        long last = seen.last().getOrDefault(from, -1L);
        if (item.number() <= last) {
            throw new AssertionError("key " + key + ": " + item + " came after number " + last);
        }
        var next = new TreeMap<>(seen.last());
        next.put(from, item.number());
        state.set(new Seen(seen.count() + 1, next));
        out.emit(item);
    }

    /** Partitions that count. */
    private static final class Numbers implements Source<Item> {
        @Override
        public List<String> partitions() {
            return run.partitions;
        }

        @Override
        public Partition<Item> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<Item> out, int max) {
                    for (int i = 0; i < Math.min(max, run.burst) && next < run.records; i++) {
                        out.emit(new Item(name, next, next % run.keys));
                        next++;
                    }
                    return next < run.records ? Polled.MORE : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }
}
