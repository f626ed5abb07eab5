package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.Job;
import dev.gyre.stream.Output;
import dev.gyre.stream.Polled;
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
                        "mvn test -pl stream -am -Dtest=RescaleTest -Dsurefire.failIfNoSpecifiedTests=false -Drescale.seed="
                                + seed + " -Drescale.seeds=1\n" + failure.getMessage(),
                        failure);
            }
        }
    }

    private static Run run = new Run(List.of(), 0, 1, 1, new TreeMap<>());

    /** One job for all seeds: what it reads and where it writes are those of the run at hand. Its code is compiled once. */
    private static final Job JOB = Job.named(
            "rescaled",
            64,
            flow -> flow.source("items", new Numbers())
                    .keyBy("key", Item::key)
                    .<Seen, Item>stateful("first", RescaleTest::check)
                    .values()
                    .keyBy("shifted", item -> "k" + item.key() / 2)
                    .<Seen, Item>stateful("second", RescaleTest::check)
                    .values()
                    .keyBy("again", Item::key)
                    .fold("count", 0L, (count, item) -> count + 1)
                    .entries()
                    .sink("totals", context -> (entry, time) -> run.totals.put(entry.key(), entry.value())));

    /**
     * What is read in one run, and what comes of it.
     *
     * @param partitions their names
     * @param records of each
     * @param keys how many there are
     * @param burst records that a partition gives at once
     * @param totals how many records of each key have come to the end
     */
    private record Run(List<String> partitions, long records, int keys, int burst, TreeMap<Long, Long> totals) {}

    private static void run(long seed) {
        var random = new Random(seed);
        var names =
                IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> "p" + i).toList();
        long records = random.nextInt(100) == 0 ? 40_000 : random.nextInt(2000);
        run = new Run(names, records, 1 + random.nextInt(40), 1 + random.nextInt(200), new TreeMap<>());
        var cluster = new Cluster(JOB, workers(random), Map.of("items", names), random);
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
            expected.merge(number % run.keys, (long) names.size(), Long::sum);
        }
        assertThat(run.totals).isEqualTo(expected);
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
