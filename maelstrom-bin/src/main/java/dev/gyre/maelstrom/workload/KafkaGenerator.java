package dev.gyre.maelstrom.workload;

import dev.gyre.core.checker.kafka.KafkaRequest;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The operations of {@code kafka}: as many sends as polls, and one assignment in 64. It names a key in use, and one time in three
 * also all keys with messages that nobody has polled yet. A client without an assignment gets one first. Each client breaks
 * down about every 30 seconds.
 */
final class KafkaGenerator implements Generator<KafkaAction> {
    private static final int ASSIGN_EVERY = 64;
    private static final int UNSEEN_EVERY = 3;
    private static final double BREAK_EVERY_SECONDS = 30;
    /** At a rate so low that clients would do little else than break down, they do so less often. */
    private static final double BREAK_CHANCE_MAX = 1.0 / 16;

    private final RandomGenerator random;
    private final KeyPool pool;
    private final KafkaLogs logs;
    private final BitSet assigned;
    private final double breakChance;

    /**
     * A generator for one run.
     *
     * @param assigned workers whose client has an assignment, kept by the workload
     */
    KafkaGenerator(RandomGenerator random, Workloads.Settings settings, KafkaLogs logs, BitSet assigned) {
        this.random = random;
        this.pool = new KeyPool(random, settings.keys());
        this.logs = logs;
        this.assigned = assigned;
        var clients = settings.clients();
        breakChance = Math.min(
                BREAK_CHANCE_MAX, clients.workers() / (BREAK_EVERY_SECONDS * Math.max(clients.ratePerSecond(), 1e-9)));
    }

    @Override
    public Optional<KafkaAction> next(int worker) {
        if (!assigned.get(worker)) {
            return Optional.of(new KafkaAction(assign(), false));
        }
        if (random.nextDouble() < breakChance) {
            return Optional.of(new KafkaAction(assign(), true));
        }
        return Optional.of(new KafkaAction(random.nextInt(ASSIGN_EVERY) == 0 ? assign() : work(), false));
    }

    private KafkaRequest work() {
        if (random.nextBoolean()) {
            return new KafkaRequest.Poll();
        }
        var write = pool.write();
        return new KafkaRequest.Send(Long.toString(write.key()), write.value());
    }

    private KafkaRequest assign() {
        var keys = new TreeSet<String>();
        keys.add(Long.toString(pool.key()));
        if (random.nextInt(UNSEEN_EVERY) == 0) {
            keys.addAll(logs.unseen());
        }
        return new KafkaRequest.Assign(List.copyOf(keys), false);
    }
}
