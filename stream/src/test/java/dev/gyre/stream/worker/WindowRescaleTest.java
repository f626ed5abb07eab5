package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.Job;
import dev.gyre.stream.KeyedStream;
import dev.gyre.stream.Probe;
import dev.gyre.stream.Stream;
import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.SubKey;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.TimedState;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.codec.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Windows and joins under any order of events and any rescale, with partitions that are far apart in time, and in some runs held together: each result is there once, and is
 * what it should be, so no record was late; and nothing comes behind an epoch that promised that it would not. In a quarter of the runs all that workers send
 * each other goes through bytes.
 */
class WindowRescaleTest {
    private static final long SEED = Long.getLong("rescale.seed", 1);
    private static final int SEEDS = Integer.getInteger("rescale.seeds", 400);

    /** How far a record may be behind an earlier one of its partition. */
    private static final int DISORDER = 20;

    private static final long SIZE = 50;
    private static final long SLIDE = 20;
    private static final long GAP = 9;
    private static final long BEFORE = 6;
    private static final long AFTER = 3;

    /** How far partitions may drift apart: not at all, by a part of what they do, and as they like. */
    private static final List<Long> DRIFTS = List.of(0L, 2 * SIZE, Long.MAX_VALUE);

    /** A record: of which key, when. */
    record Event(long key, long time) {}

    @Test
    void resultsSurviveAnyRescale() {
        var codec = codec();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            try {
                run(seed, seed % 4 == 0 ? Cluster.asBytes(codec) : frame -> frame);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "mvn test -pl stream -am -Dtest=WindowRescaleTest -Dsurefire.failIfNoSpecifiedTests=false -Drescale.seed="
                                + seed + " -Drescale.seeds=1\n" + failure.getMessage(),
                        failure);
            }
        }
    }

    /**
     * What is read in one run, and what comes of it: the results by name.
     *
     * @param partitions how many there are of each source
     * @param records of each
     * @param keys how many there are
     * @param salt makes the records
     */
    private record Run(int partitions, int records, int keys, long salt, TreeMap<String, Long> results) {
        List<String> names() {
            return IntStream.range(0, partitions).mapToObj(i -> "p" + i).toList();
        }

        Event event(String source, String partition, long number) {
            var random = new Random(salt + 31L * source.hashCode() + 1009L * partition.hashCode());
            long start = random.nextInt(1000);
            long pace = 1L + random.nextInt(5);
            var own = new Random(random.nextLong() + number);
            own.nextInt();
            return new Event(own.nextInt(keys), start + number * pace - own.nextInt(DISORDER));
        }

        List<Event> all(String source) {
            return names().stream()
                    .flatMap(name -> IntStream.range(0, records).mapToObj(i -> event(source, name, i)))
                    .toList();
        }

        void put(String name, long value) {
            if (results.put(name, value) != null) {
                throw new AssertionError(name + " has two results");
            }
        }

        void add(String name) {
            results.merge(name, 1L, Long::sum);
        }
    }

    private static Run run = new Run(0, 0, 1, 0, new TreeMap<>());

    /** The same jobs for all seeds: what they read and where they write are those of the run at hand. Their code is compiled once. */
    private static final List<Job> JOBS = DRIFTS.stream()
            .map(drift -> Job.named("windows", 64, flow -> define(flow, drift)))
            .toList();

    private static void define(Job.Flow flow, long drift) {
        var events = events(flow, "left", drift);
        var left = events.keyBy("left", Event::key);
        var right = events(flow, "right", drift).keyBy("right", Event::key);
        events.numbersBy("number", Event::key, event -> 1)
                .sum("number")
                .sink("number out", context -> (key, count, time) -> run.add(number(key, count)));
        var counts = Probe.on(left.window(new Windows.Aligned(SIZE, SIZE)).count("counts"));
        each(counts, "counts");
        var sums = counts.entries()
                .keyBy("half", entry -> entry.key() / 2)
                .window(new Windows.Aligned(4 * SIZE, 4 * SIZE))
                .<Long, Long>aggregate(
                        "sums",
                        Aggregate.of(
                                () -> 0L, (sum, entry) -> sum + entry.value().value(), Long::sum, sum -> sum));
        each(Probe.on(sums), "sums");
        var sliding = left.window(new Windows.Aligned(SIZE, SLIDE)).count("sliding");
        each(Probe.on(sliding), "sliding");
        each(Probe.on(right.window(new Windows.Session(GAP)).count("sessions")), "sessions");
        var near = left.join(right)
                .within(Duration.ofNanos(BEFORE), Duration.ofNanos(AFTER))
                .with("near", (a, b) -> "near " + a.key() + " " + a.time() + " " + b.time());
        Probe.on(near).sink("near out", context -> (name, time) -> run.add(name));
        var moments = left.keyLocal("time", Event::time).stateful("moments", new Moments());
        Probe.on(moments)
                .entries()
                .sink(
                        "moments out",
                        context -> (entry, time) -> note("moments", entry.key().outer(), entry.value()));
        var parts = left.keyLocal("half", event -> event.time() & 1)
                .window(new Windows.Aligned(SIZE, SIZE))
                .count("parts");
        Probe.on(parts)
                .entries()
                .sink(
                        "parts out",
                        context -> (part, time) ->
                                note(half(part.key().inner()), part.key().outer(), part.value()));
        var together = left.join(right)
                .window(new Windows.Aligned(SIZE, SIZE))
                .with("together", (a, b) -> "together " + a.key() + " " + a.time() + " " + b.time());
        Probe.on(together).sink("together out", context -> (name, time) -> run.add(name));
    }

    /** Counts the records of a key at a moment, by a timer. */
    private static final class Moments implements TimedFunction<SubKey<Long, Long>, Event, Long, WindowResult<Long>> {
        @Override
        public void apply(SubKey<Long, Long> key, Event event, TimedState<Long> state, Output<WindowResult<Long>> out) {
            state.set(state.orElse(0L) + 1);
            state.timerAt(state.time() + GAP);
        }

        @Override
        public void ring(SubKey<Long, Long> key, TimedState<Long> state, Output<WindowResult<Long>> out) {
            out.emit(new WindowResult<>(key.inner(), state.time(), state.orElse(0L)));
            state.clear();
        }
    }

    private static String half(long parity) {
        return parity == 0 ? "even" : "odd";
    }

    private static String number(long key, long count) {
        return "number " + count + " of " + key;
    }

    private static Stream<Event> events(Job.Flow flow, String source, long drift) {
        return flow.source(source, new Events(source))
                .assignTimestamps(Event::time)
                .maxDrift(Duration.ofNanos(drift))
                .maxOutOfOrderness(Duration.ofNanos(DISORDER));
    }

    private static void each(KeyedStream<Long, WindowResult<Long>> stream, String name) {
        stream.entries().sink(name + " out", context -> (entry, time) -> note(name, entry.key(), entry.value()));
    }

    private static void note(String name, long key, WindowResult<Long> result) {
        run.put(name(name, key, result.start(), result.end()), result.value());
    }

    private static String name(String name, long key, long start, long end) {
        return name + " of " + key + " from " + start + " to " + end;
    }

    /** Makes bytes of what the workers of these runs send each other. */
    static FrameBytes codec() {
        return codec(JOBS.getFirst().types().with(Event.class));
    }

    static FrameBytes codec(Types types) {
        return new FrameBytes(JOBS.getFirst().plan(), types);
    }

    static void run(long seed, UnaryOperator<Frame> wire) {
        var random = new Random(seed);
        run = new Run(
                1 + random.nextInt(4), random.nextInt(300), 1 + random.nextInt(40), random.nextLong(), new TreeMap<>());
        var names = run.names();
        var job = JOBS.get(random.nextInt(JOBS.size()));
        var cluster = new Cluster(job.plan(), workers(random), Map.of("left", names, "right", names), random, wire);
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
        var expected = expected();
        var wrong = new TreeSet<>(run.results.keySet());
        wrong.addAll(expected.keySet());
        wrong.removeIf(name -> Objects.equals(run.results.get(name), expected.get(name)));
        assertThat(wrong.stream().map(name -> name + ": " + run.results.get(name) + " is not " + expected.get(name)))
                .isEmpty();
    }

    private static List<Integer> workers(Random random) {
        var set = new TreeSet<Integer>();
        int count = 1 + random.nextInt(4);
        while (set.size() < count) {
            set.add(random.nextInt(Cluster.NODES));
        }
        return new ArrayList<>(set);
    }

    private static Map<String, Long> expected() {
        var expected = new TreeMap<String, Long>();
        var left = run.all("left");
        var right = run.all("right");
        Consumer<String> one = name -> expected.merge(name, 1L, Long::sum);
        var numbers = new TreeMap<Long, Long>();
        for (var event : left) {
            one.accept(number(event.key(), numbers.merge(event.key(), 1L, Long::sum)));
            long start = event.time() - Math.floorMod(event.time(), SIZE);
            one.accept(name("counts", event.key(), start, start + SIZE));
            one.accept(name("moments", event.key(), event.time(), event.time() + GAP));
            one.accept(name(half(event.time() & 1), event.key(), start, start + SIZE));
            long outer = event.time() - Math.floorMod(event.time(), 4 * SIZE);
            one.accept(name("sums", event.key() / 2, outer, outer + 4 * SIZE));
            long latest = event.time() - Math.floorMod(event.time(), SLIDE);
            for (long begun = latest; begun + SIZE > event.time(); begun -= SLIDE) {
                one.accept(name("sliding", event.key(), begun, begun + SIZE));
            }
        }
        sessions(right, expected);
        var byKey = new TreeMap<Long, List<Event>>();
        right.forEach(event ->
                byKey.computeIfAbsent(event.key(), absent -> new ArrayList<>()).add(event));
        for (var a : left) {
            for (var b : byKey.getOrDefault(a.key(), List.of())) {
                if (a.time() - BEFORE <= b.time() && b.time() <= a.time() + AFTER) {
                    one.accept("near " + a.key() + " " + a.time() + " " + b.time());
                }
                if (Math.floorDiv(a.time(), SIZE) == Math.floorDiv(b.time(), SIZE)) {
                    one.accept("together " + a.key() + " " + a.time() + " " + b.time());
                }
            }
        }
        return expected;
    }

    private static void sessions(List<Event> events, Map<String, Long> expected) {
        var times = new TreeMap<Long, List<Long>>();
        events.forEach(event ->
                times.computeIfAbsent(event.key(), absent -> new ArrayList<>()).add(event.time()));
        times.forEach((key, list) -> {
            list.sort(null);
            int from = 0;
            for (int i = 1; i <= list.size(); i++) {
                if (i == list.size() || list.get(i) - list.get(i - 1) >= GAP) {
                    expected.put(name("sessions", key, list.get(from), list.get(i - 1) + GAP), (long) (i - from));
                    from = i;
                }
            }
        });
    }

    /** Partitions that count, each at its own pace. */
    private record Events(String source) implements Source<Event> {
        @Override
        public List<String> partitions() {
            return run.names();
        }

        @Override
        public Partition<Event> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);
                private final long burst = 1 + ((name.hashCode() + run.salt) & 31);

                @Override
                public Polled poll(Output<Event> out, int max) {
                    for (int i = 0; i < Math.min(max, burst) && next < run.records; i++) {
                        out.emit(run.event(source, name, next++));
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
