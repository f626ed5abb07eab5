package dev.gyre.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Promise;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.kafka.KafkaChecker;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.kafka.KafkaNode.Msg;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The logs under every fault that nodes without a disk can survive. */
final class KafkaSimulationTest {
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

    private static Simulation<Msg, Void> cluster(int nodes) {
        return Simulation.of(Msg.class, KafkaNode::new).nodes(nodes).chaos(Processes.CHAOS);
    }

    private static Msg request(KafkaRequest request) {
        return switch (request) {
            case KafkaRequest.Send(var key, long message) -> new Msg.Send(key, message);
            case KafkaRequest.Poll(var offsets) -> new Msg.Poll(offsets);
            case KafkaRequest.Commit(var offsets) -> new Msg.CommitOffsets(offsets);
            case KafkaRequest.ListCommitted(var keys) -> new Msg.ListCommittedOffsets(keys);
            default -> throw new IllegalArgumentException("this workload has no " + request);
        };
    }

    private static KafkaReply answer(Msg reply) {
        return switch (reply) {
            case Msg.SendOk(long offset) -> new KafkaReply.Sent(offset);
            case Msg.PollOk(var msgs) -> {
                var entries = new TreeMap<String, List<LogEntry>>();
                msgs.forEach((key, list) -> entries.put(
                        key,
                        list.stream()
                                .map(e -> new LogEntry(e.offset(), e.msg()))
                                .toList()));
                yield new KafkaReply.Polled(entries);
            }
            case Msg.CommitOffsetsOk() -> new KafkaReply.Done();
            case Msg.ListCommittedOffsetsOk(var offsets) -> new KafkaReply.Committed(offsets);
            default -> throw new IllegalArgumentException("no reply: " + reply);
        };
    }

    /** A client that sends, polls all keys from where it is, commits that, and now and then asks what is committed. */
    private static final class Consumer {
        private final Processes<Msg, KafkaRequest, KafkaReply>.Client client;
        private final TreeMap<String, Long> next = new TreeMap<>();
        private final TreeMap<String, Long> committed = new TreeMap<>();

        Consumer(Processes<Msg, KafkaRequest, KafkaReply>.Client client) {
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

    private static final class Workload {
        private final SimulationRun<Msg> run;
        private final Processes<Msg, KafkaRequest, KafkaReply> processes;
        private final TreeMap<Integer, Consumer> consumers = new TreeMap<>();
        private final AtomicLong lastMessage = new AtomicLong();

        Workload(SimulationRun<Msg> run) {
            this.run = run;
            this.processes = new Processes<>(run, KafkaSimulationTest::request, KafkaSimulationTest::answer);
        }

        List<Processes<Msg, KafkaRequest, KafkaReply>.Client> start(int clients) {
            return processes.start(clients, Duration.ofMillis(100), client -> {
                var consumer = consumers.computeIfAbsent(client.process(), process -> new Consumer(client));
                return switch (run.random().nextInt(8)) {
                    case 0 -> consumer.commit();
                    case 1 -> consumer.checkCommitted();
                    case 2, 3, 4 -> consumer.poll();
                    default ->
                        consumer.send(KEYS.get(run.random().nextInt(KEYS.size())), lastMessage.incrementAndGet());
                };
            });
        }

        /** A consumer that begins at 0 and polls until there is nothing more. */
        void pollToTheEnd(Consumer consumer) {
            consumer.poll().whenDone(outcome -> {
                if (((KafkaReply.Polled) outcome.orThrow())
                        .entries().values().stream().anyMatch(entries -> !entries.isEmpty())) {
                    pollToTheEnd(consumer);
                }
            });
        }

        CheckResult verdict() {
            return new KafkaChecker().check(processes.history());
        }
    }

    private static void logsHold(SimulationRun<Msg> run) {
        var workload = new Workload(run);
        var clients = workload.start(6);
        run.whenSettled(() -> clients.forEach(client -> workload.pollToTheEnd(new Consumer(client))));
        run.check(() -> {
            var result = workload.verdict();
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat((int) result.details().getOrDefault("acknowledged-count", 0))
                    .isGreaterThan(20);
        });
    }

    @Test
    void nothingIsLostDoubledSkippedOrTakenBack() {
        cluster(3).faults(FaultKind.WITHOUT_CRASHES).sweep(1, 50, KafkaSimulationTest::logsHold);
        cluster(3).faults(FaultKind.WITHOUT_CRASHES).verify(51, KafkaSimulationTest::logsHold);
    }

    @Test
    void oneNodeAloneHoldsToo() {
        cluster(1).faults(FaultKind.WITHOUT_CRASHES).sweep(1, 5, KafkaSimulationTest::logsHold);
    }
}
