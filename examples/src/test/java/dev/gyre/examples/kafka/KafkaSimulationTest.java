package dev.gyre.examples.kafka;

import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.kafka.KafkaNode.Msg;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The logs under every fault that nodes without a disk can survive. */
final class KafkaSimulationTest {
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

    private static void logsHold(SimulationRun<Msg> run) {
        new KafkaScenario<>(run, KafkaSimulationTest::request, KafkaSimulationTest::answer).logsHold();
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
