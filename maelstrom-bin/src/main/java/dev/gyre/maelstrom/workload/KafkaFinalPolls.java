package dev.gyre.maelstrom.workload;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The end of {@code kafka}: with a new client, each worker polls all logs from their beginning, until it has seen the end of
 * each, as far as anybody knows of it. It gives up when many polls on end show nothing new.
 */
final class KafkaFinalPolls implements Generator<KafkaAction> {
    /** The cluster had time to recover, so what so many polls in a row do not show is lost. */
    private static final int FRUITLESS_MAX = 50;
    /** A node that shows a message at a time takes many; one that makes offsets up as it goes must not go on for ever. */
    private static final int POLLS_MAX = 10_000;

    private final KafkaLogs logs;
    private final SortedMap<Integer, Reader> readers = new TreeMap<>();

    /** One worker's way through the logs. */
    private static final class Reader {
        private final SortedMap<String, Long> missing;
        private final SortedMap<String, Long> beginning = new TreeMap<>();
        private final SortedMap<String, Long> seen = new TreeMap<>();
        private boolean begun;
        private boolean placed;
        private int fruitless;
        private int polls;

        Reader(SortedMap<String, Long> ends) {
            missing = ends;
            ends.keySet().forEach(key -> beginning.put(key, 0L));
        }

        Optional<KafkaAction> next() {
            if (missing.isEmpty() || fruitless == FRUITLESS_MAX || polls == POLLS_MAX) {
                return Optional.empty();
            }
            var poll = placed ? new KafkaRequest.Poll() : new KafkaRequest.Poll(beginning);
            var action = new KafkaAction(poll, !begun);
            begun = true;
            placed = true;
            polls++;
            return Optional.of(action);
        }

        void ended(Outcome<KafkaAnswer> outcome) {
            boolean fruit = false;
            if (outcome instanceof Outcome.Ok<KafkaAnswer>(var answer)
                    && answer.reply() instanceof KafkaReply.Polled(var entries)) {
                for (var log : entries.entrySet()) {
                    for (var entry : log.getValue()) {
                        fruit |= see(log.getKey(), entry.offset());
                    }
                }
            }
            placed &= !(outcome instanceof Outcome.Unknown);
            fruitless = fruit ? 0 : fruitless + 1;
        }

        private boolean see(String key, long offset) {
            Long before = seen.put(key, Math.max(offset, seen.getOrDefault(key, Long.MIN_VALUE)));
            if (!missing.containsKey(key) || (before != null && before >= offset)) {
                return false;
            }
            if (missing.getOrDefault(key, Long.MIN_VALUE) <= offset) {
                missing.remove(key);
            }
            return true;
        }
    }

    KafkaFinalPolls(KafkaLogs logs) {
        this.logs = logs;
    }

    @Override
    public Optional<KafkaAction> next(int worker) {
        return readers.computeIfAbsent(worker, first -> new Reader(logs.ends())).next();
    }

    /** Is told how an operation of a worker ended; before the end of the run that means nothing here. */
    void ended(int worker, Outcome<KafkaAnswer> outcome) {
        var reader = readers.get(worker);
        if (reader != null) {
            reader.ended(outcome);
        }
    }
}
