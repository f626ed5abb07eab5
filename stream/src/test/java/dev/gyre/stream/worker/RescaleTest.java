package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.Job;
import dev.gyre.stream.Keyed;
import dev.gyre.stream.Output;
import dev.gyre.stream.Polled;
import dev.gyre.stream.Sink;
import dev.gyre.stream.Source;
import dev.gyre.stream.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The hand-over of key groups under any order of events: nothing is lost, doubled, reordered or left behind. */
class RescaleTest {
    private static final long SEED = Long.getLong("rescale.seed", 1);
    private static final int SEEDS = Integer.getInteger("rescale.seeds", 2000);

    /** A record: which one of which partition. */
    record Item(String partition, long number, long key) {}

    /** What a key has seen of each partition, in order. */
    record Seen(long count, Map<String, Long> last) {}

    @Test
    void totalsAndOrderSurviveAnyRescale() {
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "mvn test -pl stream -am -Dtest=RescaleTest -Dsurefire.failIfNoSpecifiedTests=false -Drescale.seed=" + seed
                                + " -Drescale.seeds=1\n" + failure.getMessage(),
                        failure);
            }
        }
    }

    private static void run(long seed) {
        var random = new Random(seed);
        int partitions = 1 + random.nextInt(4);
        long records = random.nextInt(10) == 0 ? 40_000 : random.nextInt(2000);
        int keys = 1 + random.nextInt(40);
        var names = IntStream.range(0, partitions).mapToObj(i -> "p" + i).toList();
        var totals = new TreeMap<Long, Long>();
        var job = Job.named("rescaled", flow -> flow.source("items", new Numbers(names, records, keys, random.nextInt(200) + 1))
                .keyBy("key", Item::key)
                .<Seen, Item>stateful("first", RescaleTest::check)
                .values()
                .keyBy("shifted", item -> "k" + item.key() / 2)
                .<Seen, Item>stateful("second", RescaleTest::check)
                .values()
                .keyBy("again", Item::key)
                .fold("count", 0L, (count, item) -> count + 1)
                .entries()
                .sink("totals", (Sink<Keyed<Long, Long>>) context -> (value, time) -> totals.put(value.key(), value.value())));
        var cluster = new Cluster(job, workers(random), Map.of("items", names), random);
        int rescales = random.nextInt(6);
        int quiet = 0;
        for (int steps = 0; !cluster.isOver(); steps++) {
            if (rescales > 0 && !cluster.isRescaling() && random.nextInt(100) == 0) {
                rescales--;
                cluster.rescale(workers(random));
            }
            quiet = cluster.step() ? 0 : quiet + 1;
            if (quiet > 20_000) {
                throw new AssertionError("it hangs after " + steps + " steps: " + cluster);
            }
        }
        var expected = new TreeMap<Long, Long>();
        for (long number = 0; number < records; number++) {
            expected.merge(number % keys, (long) partitions, Long::sum);
        }
        assertThat(totals).isEqualTo(expected);
    }

    private static List<Integer> workers(Random random) {
        var set = new TreeSet<Integer>();
        int count = 1 + random.nextInt(4);
        while (set.size() < count) {
            set.add(random.nextInt(8));
        }
        return new ArrayList<>(set);
    }

    private static <K> void check(K key, Item item, State<Seen> state, Output<Item> out) {
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
    record Numbers(List<String> partitions, long records, int keys, int burst) implements Source<Item> {
        @Override
        public Partition<Item> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<Item> out, int max) {
                    for (int i = 0; i < Math.min(max, burst) && next < records; i++) {
                        out.emit(new Item(name, next, next % keys));
                        next++;
                    }
                    return next < records ? Polled.MORE : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }
}
