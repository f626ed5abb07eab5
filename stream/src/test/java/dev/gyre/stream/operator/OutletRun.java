package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.exchange.Rescale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An outlet whose receivers change, in any order of all that may happen to it: each record goes to the owner of its group, and who receives knows of time what was said, also if all it
 * knew was forgotten at a marker.
 */
final class OutletRun {
    private static final int GROUPS = 16;
    private static final int WORKERS = 5;
    private static final int STEPS = 60;

    private final Random random;
    private final TreeMap<Integer, Receiver> receivers = new TreeMap<>();
    private final ExchangeOutlet outlet;
    private Assignment assignment;
    private long epoch = Operator.NO_TIME;
    private boolean isIdle;
    private boolean isEnded;
    private long given;

    /** What one worker has been told since the last marker, and its records ever. */
    private static final class Receiver {
        long epoch = Operator.NO_TIME;
        boolean isIdle;
        boolean isEnded;
        long records;
    }

    private OutletRun(long seed) {
        random = new Random(seed);
        assignment = Assignment.of(1, GROUPS, workers());
        outlet = ExchangeOutlet.to(assignment, 0, this::receive);
    }

    private List<Integer> workers() {
        var set = new TreeSet<Integer>();
        for (int i = random.nextInt(WORKERS); i >= 0; i--) {
            set.add(random.nextInt(WORKERS));
        }
        return new ArrayList<>(set);
    }

    private void receive(int edge, int worker, Item item) {
        var receiver = receivers.computeIfAbsent(worker, absent -> new Receiver());
        switch (item) {
            case Records records -> {
                var batch = records.asObjects();
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(batch.values[i]).as("the owner of a record").isEqualTo((long) worker);
                }
                receiver.records += batch.size();
                receiver.isIdle = false;
            }
            case Item.Epoch(var time) -> {
                assertThat(time).as("an epoch to worker %d", worker).isGreaterThan(receiver.epoch);
                receiver.epoch = time;
                receiver.isIdle = false;
            }
            case Item.Idle() -> receiver.isIdle = true;
            case Item.End() -> receiver.isEnded = true;
            case Item.Marker marker -> {
                receiver.epoch = Operator.NO_TIME;
                receiver.isIdle = false;
            }
            default -> throw new AssertionError("nobody has sent " + item);
        }
    }

    /** The first of some seeds that fails, and why; empty when none does. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new OutletRun(seed).go();
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure;
            }
        }
        return "";
    }

    private void go() {
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(isEnded ? 2 : 8)) {
                case 0 -> rescale();
                case 1 -> flushed();
                case 2, 3, 4 -> record();
                case 5, 6 -> tellTime();
                default -> idleOrEnd();
            }
        }
        flushed();
        assertThat(receivers.values().stream()
                        .mapToLong(receiver -> receiver.records)
                        .sum())
                .as("records")
                .isEqualTo(given);
    }

    private void record() {
        isIdle = false;
        if (random.nextBoolean()) {
            given++;
            int hash = random.nextInt();
            outlet.record("key", hash, owner(hash), epoch);
        } else {
            int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 3000);
            var numbers = new Numbers(count);
            for (int i = 0; i < count; i++) {
                given++;
                numbers.add(given, owner(KeyHash.of(given)), epoch);
            }
            outlet.numbers(numbers);
        }
    }

    private long owner(int hash) {
        return assignment.owner(assignment.group(hash));
    }

    private void tellTime() {
        epoch = Math.max(0, epoch) + 1 + random.nextInt(3);
        outlet.epoch(epoch);
        isIdle = false;
    }

    private void idleOrEnd() {
        if (random.nextInt(5) > 0) {
            outlet.idle();
            isIdle = true;
        } else {
            outlet.end();
            isEnded = true;
        }
    }

    private void rescale() {
        var next = assignment.rescaled(assignment.version() + 1, workers());
        outlet.control(new Item.Marker(new Rescale(assignment, next)));
        assignment = next;
    }

    private void flushed() {
        outlet.flush();
        if (epoch == Operator.NO_TIME && !isIdle && !isEnded) {
            return; // nothing was said yet
        }
        for (int worker : assignment.workers()) {
            var receiver = receivers.computeIfAbsent(worker, absent -> new Receiver());
            assertThat(receiver.isEnded)
                    .as("worker %d knows of the end", worker)
                    .isEqualTo(isEnded);
            if (!isEnded) {
                assertThat(receiver.epoch)
                        .as("how far worker %d knows time to be", worker)
                        .isEqualTo(epoch);
                assertThat(receiver.isIdle || !isIdle)
                        .as("worker %d knows that nobody is to wait", worker)
                        .isTrue();
            }
        }
    }
}
