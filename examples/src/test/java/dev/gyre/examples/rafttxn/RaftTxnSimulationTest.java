package dev.gyre.examples.txn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.ListAppendChecker;
import dev.gyre.core.checker.elle.ListOp;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.txn.TxnListAppendNode.Kind;
import dev.gyre.examples.txn.TxnListAppendNode.Msg;
import dev.gyre.examples.txn.TxnListAppendNode.Op;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The lists under every fault that a node without a disk can survive. */
final class TxnListAppendSimulationTest {
    private static final int KEYS = 5;

    private static Simulation<Msg, Void> cluster(int nodes) {
        return Simulation.of(Msg.class, TxnListAppendNode::new).nodes(nodes).chaos(Processes.CHAOS);
    }

    private static Msg request(List<ListOp> ops) {
        var json = JsonNodeFactory.instance;
        return new Msg.Txn(ops.stream()
                .map(op -> switch (op) {
                    case ListOp.Read(var key, var elements) -> new Op(Kind.READ, Long.parseLong(key), json.nullNode());
                    case ListOp.Append(var key, long value) ->
                        new Op(Kind.APPEND, Long.parseLong(key), json.numberNode(value));
                })
                .toList());
    }

    private static List<ListOp> answer(Msg reply) {
        return ((Msg.TxnOk) reply)
                .txn().stream().map(TxnListAppendSimulationTest::answer).toList();
    }

    private static ListOp answer(Op op) {
        var key = Long.toString(op.key());
        return switch (op.kind()) {
            case APPEND -> ListOp.append(key, op.value().asLong());
            case READ ->
                new ListOp.Read(
                        key,
                        StreamSupport.stream(op.value().spliterator(), false)
                                .map(JsonNode::asLong)
                                .toList());
        };
    }

    private static void transactionsAreStrictSerializable(SimulationRun<Msg> run) {
        var processes = new Processes<Msg, List<ListOp>, List<ListOp>>(
                run, TxnListAppendSimulationTest::request, TxnListAppendSimulationTest::answer);
        var lastElement = new AtomicLong();
        processes.start(6, Duration.ofMillis(200), client -> {
            var random = run.random();
            return client.call(IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> {
                        var key = Integer.toString(random.nextInt(KEYS));
                        return random.nextBoolean()
                                ? ListOp.read(key)
                                : ListOp.append(key, lastElement.incrementAndGet());
                    })
                    .toList());
        });
        run.check(() -> {
            var result = new ListAppendChecker(Set.of(ConsistencyModel.STRICT_SERIALIZABLE)).check(processes.history());
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat(processes.served()).isGreaterThan(50);
        });
    }

    @Test
    void oneNodeIsStrictSerializable() {
        cluster(1)
                .faults(FaultKind.WITHOUT_CRASHES)
                .sweep(1, 10, TxnListAppendSimulationTest::transactionsAreStrictSerializable);
    }

    @Test
    void severalNodesAreStrictSerializableToo() {
        var simulation = cluster(3).faults(FaultKind.WITHOUT_CRASHES);
        simulation.sweep(1, 50, TxnListAppendSimulationTest::transactionsAreStrictSerializable);
        simulation.verify(51, TxnListAppendSimulationTest::transactionsAreStrictSerializable);
    }
}
