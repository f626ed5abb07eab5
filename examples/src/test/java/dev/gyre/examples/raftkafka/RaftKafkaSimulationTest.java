package dev.gyre.examples.raftkafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.kafka.KafkaScenario;
import dev.gyre.examples.raftkafka.RaftKafkaNode.Msg;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The logs under every fault, crashes and those of disks among them. */
final class RaftKafkaSimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Simulation<Msg, ?> cluster(int nodes) {
        return Simulation.of(Msg.class, RaftKafkaNode::new).nodes(nodes).chaos(Processes.CHAOS);
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

    private static void logsHold(SimulationRun<Msg> run) {
        new KafkaScenario<>(run, RaftKafkaSimulationTest::request, RaftKafkaSimulationTest::answer).logsHold();
    }

    @Test
    void nothingIsLostDoubledSkippedOrTakenBack() {
        cluster(3).sweep(1, 40, RaftKafkaSimulationTest::logsHold);
        cluster(3).verify(41, RaftKafkaSimulationTest::logsHold);
    }

    @Test
    void oneNodeAloneHoldsToo() {
        cluster(1).sweep(1, 5, RaftKafkaSimulationTest::logsHold);
    }

    /** The checker allows a poll to be behind; ours may not be, whichever node it comes to. */
    private static void nothingAnsweredIsEverMissing(SimulationRun<Msg> run) {
        var client = run.client();
        var shown = new AtomicInteger();
        run.every(
                Duration.ofMillis(100),
                () -> client.call(run.anyNode(), new Msg.Send("a", run.nowNanos()), SECOND)
                        .whenDone(sent -> {
                            if (sent instanceof Outcome.Ok<Msg>(Msg.SendOk(long offset))) {
                                client.call(run.anyNode(), new Msg.Poll(new TreeMap<>(Map.of("a", offset))), SECOND)
                                        .whenDone(polled -> {
                                            if (polled instanceof Outcome.Ok<Msg>(Msg.PollOk(var messages))) {
                                                shown.incrementAndGet();
                                                assertThat(messages.get("a")).isNotEmpty();
                                            }
                                        });
                            }
                        }));
        run.every(Duration.ofMillis(100), () -> {
            long offset = run.nowNanos();
            client.call(run.anyNode(), new Msg.CommitOffsets(new TreeMap<>(Map.of("a", offset))), SECOND)
                    .whenDone(done -> {
                        if (done instanceof Outcome.Ok) {
                            client.call(run.anyNode(), new Msg.ListCommittedOffsets(List.of("a")), SECOND)
                                    .whenDone(listed -> {
                                        if (listed
                                                instanceof Outcome.Ok<Msg>(Msg.ListCommittedOffsetsOk(var offsets))) {
                                            assertThat(offsets.get("a")).isGreaterThanOrEqualTo(offset);
                                        }
                                    });
                        }
                    });
        });
        run.check(() -> assertThat(shown).hasPositiveValue());
    }

    @Test
    void pollsAndListsShowWhatWasAnsweredBeforeWhereverTheyAreAsked() {
        cluster(3).sweep(1, 20, RaftKafkaSimulationTest::nothingAnsweredIsEverMissing);
    }
}
