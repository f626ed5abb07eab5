package dev.gyre.stream.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An intake whose senders are idle at times and end one after another, in any order: all records come out, none behind the end of time, and that and the end come once.
 */
final class IntakeRun {
    private static final int ITEMS_MAX = 12;

    private final Random random;
    /** What each sender is yet to send. */
    private final TreeMap<Integer, ArrayDeque<Item>> toSend = new TreeMap<>();

    private final Intake intake;
    private int records;
    private int taken;
    private int ends;
    private boolean isEndOfTime;

    private IntakeRun(long seed) {
        random = new Random(seed);
        int senders = 1 + random.nextInt(4);
        for (int sender = 0; sender < senders; sender++) {
            toSend.put(sender, items());
        }
        intake = new Intake(
                0,
                1,
                IntStream.range(0, senders).boxed().toList(),
                IntakeKind.FROM_SOURCES,
                (edge, sender, consumed) -> {});
        if (random.nextBoolean()) {
            intake.goTogether(0);
        }
    }

    /** Epochs rise, and an idle sender may go on. */
    private ArrayDeque<Item> items() {
        var items = new ArrayDeque<Item>();
        long time = random.nextInt(10);
        for (int i = random.nextInt(ITEMS_MAX); i > 0; i--) {
            time += 1 + random.nextInt(5);
            switch (random.nextInt(3)) {
                case 0 -> items.add(batch(time));
                case 1 -> items.add(new Item.Epoch(time));
                default -> items.add(new Item.Idle());
            }
        }
        items.addAll(List.of(new Item.Epoch(Long.MAX_VALUE), new Item.End()));
        return items;
    }

    private Batch batch(long time) {
        records++;
        var batch = new Batch(1);
        batch.add("key", KeyHash.of("key"), "value", time);
        return batch;
    }

    /** The first of some seeds that fails, and why; empty when none does. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new IntakeRun(seed).go();
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure;
            }
        }
        return "";
    }

    private void go() {
        while (!toSend.isEmpty()) {
            int sender = List.copyOf(toSend.keySet()).get(random.nextInt(toSend.size()));
            var items = toSend.get(sender);
            intake.offer(0, sender, items.removeFirst());
            if (items.isEmpty()) {
                toSend.remove(sender);
            }
            if (random.nextInt(3) > 0) {
                takeAll();
            }
        }
        takeAll();
        assertThat(taken).as("records that came out").isEqualTo(records);
        assertThat(isEndOfTime).as("time has come to its end").isTrue();
        assertThat(ends).as("ends").isEqualTo(1);
    }

    private void takeAll() {
        for (var item = intake.poll(); item != null; item = intake.poll()) {
            switch (item) {
                case Records batch -> {
                    assertThat(isEndOfTime)
                            .as("a record comes behind the end of time")
                            .isFalse();
                    taken += batch.size();
                }
                case Item.Epoch(var time) -> {
                    assertThat(isEndOfTime)
                            .as("an epoch comes behind the last one")
                            .isFalse();
                    isEndOfTime = time == Long.MAX_VALUE;
                }
                case Item.End() -> ends++;
                case Item.Idle() -> {}
                default -> throw new AssertionError("nobody has sent " + item);
            }
        }
    }
}
