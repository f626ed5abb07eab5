package dev.gyre.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Promise;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.kafka.KafkaChecker;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What any logs must stand.
 *
 * @param <M> the payloads of the nodes
 */
public final class KafkaScenario<M> {
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

    private final SimulationRun<M> run;
    private final Processes<M, KafkaRequest, KafkaReply> processes;
    private final TreeMap<Integer, Consumer> consumers = new TreeMap<>();
    private final AtomicLong lastMessage = new AtomicLong();

    /** How requests and replies are put on the wire. */
    public KafkaScenario(SimulationRun<M> run, Function<KafkaRequest, M> request, Function<M, KafkaReply> answer) {
        this.run = run;
        this.processes = new Processes<>(run, request, answer);
    }

    /** A client that sends, polls all keys from where it is, commits that, and now and then asks what is committed. */
    private final class Consumer {
        private final Processes<M, KafkaRequest, KafkaReply>.Client client;
        private final TreeMap<String, Long> next = new TreeMap<>();
        private final TreeMap<String, Long> committed = new TreeMap<>();

        Consumer(Processes<M, KafkaRequest, KafkaReply>.Client client) {
            this.client = client;
            KEYS.forEach(key -> next.put(key, 0L));
        }

        Promise<KafkaReply> send(String key, long message) {
            return client.call(new KafkaRequest.Send(key, message));
        }

        Promise<KafkaReply> poll() {
            return client.call(new KafkaRequest.Poll(next)).map(reply -> {
                ((KafkaReply.Polled) reply).entries().forEach((key, entries) -> {
                    if (!entries.isEmpty()) {
                        next.put(key, entries.getLast().offset() + 1);
                    }
                });
                return reply;
            });
        }

        Promise<KafkaReply> commit() {
            var offsets = new TreeMap<>(next);
            return client.call(new KafkaRequest.Commit(offsets)).map(reply -> {
                committed.putAll(offsets);
                return reply;
            });
        }

        Promise<KafkaReply> checkCommitted() {
            return client.call(new KafkaRequest.ListCommitted(KEYS)).map(reply -> {
                var offsets = ((KafkaReply.Committed) reply).offsets();
                assertThat(offsets.keySet()).as("committed keys").containsAll(committed.keySet());
                offsets.forEach((key, offset) -> assertThat(offset)
                        .as("committed offset of %s", key)
                        .isGreaterThanOrEqualTo(committed.getOrDefault(key, 0L)));
                committed.putAll(offsets);
                return reply;
            });
        }
    }

    private List<Processes<M, KafkaRequest, KafkaReply>.Client> start(int clients) {
        return processes.start(clients, Duration.ofMillis(100), client -> {
            var consumer = consumers.computeIfAbsent(client.process(), process -> new Consumer(client));
            return switch (run.random().nextInt(8)) {
                case 0 -> consumer.commit();
                case 1 -> consumer.checkCommitted();
                case 2, 3, 4 -> consumer.poll();
                default -> consumer.send(KEYS.get(run.random().nextInt(KEYS.size())), lastMessage.incrementAndGet());
            };
        });
    }

    /** A consumer that begins at 0 and polls until there is nothing more. */
    private void pollToTheEnd(Consumer consumer) {
        consumer.poll().whenDone(outcome -> {
            if (((KafkaReply.Polled) outcome.orThrow())
                    .entries().values().stream().anyMatch(entries -> !entries.isEmpty())) {
                pollToTheEnd(consumer);
            }
        });
    }

    /** Clients that send, poll and commit while faults go on; when all is mended, each polls everything from the beginning. */
    public void logsHold() {
        var clients = start(6);
        run.whenSettled(() -> clients.forEach(client -> pollToTheEnd(new Consumer(client))));
        run.check(() -> {
            var result = new KafkaChecker().check(processes.history());
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat((int) result.details().getOrDefault("acknowledged-count", 0))
                    .isGreaterThan(20);
        });
    }
}
