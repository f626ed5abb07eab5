package dev.gyre.examples.rafttxn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.ListAppendChecker;
import dev.gyre.core.checker.elle.ListOp;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.rafttxn.RaftTxnNode.Kind;
import dev.gyre.examples.rafttxn.RaftTxnNode.Msg;
import dev.gyre.examples.rafttxn.RaftTxnNode.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The lists under every fault, crashes and those of disks among them. */
final class RaftTxnSimulationTest {
    private static final int KEYS = 5;

    private static Simulation<Msg, ?> cluster(int nodes) {
        return Simulation.of(Msg.class, RaftTxnNode::new).nodes(nodes).chaos(Processes.CHAOS);
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
                .txn().stream().map(RaftTxnSimulationTest::answer).toList();
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
                run, RaftTxnSimulationTest::request, RaftTxnSimulationTest::answer);
        var lastElement = new AtomicLong();
        var clients = processes.start(6, Duration.ofMillis(200), client -> {
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
        var last = new ArrayList<List<ListOp>>();
        run.whenSettled(() -> clients.forEach(client -> client.call(IntStream.range(0, KEYS)
                        .mapToObj(key -> ListOp.read(Integer.toString(key)))
                        .toList())
                .whenDone(outcome -> last.add(outcome.orThrow()))));
        run.check(() -> {
            assertThat(last).hasSize(6).containsOnly(last.getFirst());
            var result = new ListAppendChecker(Set.of(ConsistencyModel.STRICT_SERIALIZABLE)).check(processes.history());
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat(processes.served()).isGreaterThan(20);
        });
    }

    @Test
    void transactionsAreStrictSerializableUnderEveryFault() {
        cluster(3).sweep(1, 40, RaftTxnSimulationTest::transactionsAreStrictSerializable);
        cluster(3).verify(41, RaftTxnSimulationTest::transactionsAreStrictSerializable);
    }

    @Test
    void oneNodeAloneIsStrictSerializableToo() {
        cluster(1).sweep(1, 5, RaftTxnSimulationTest::transactionsAreStrictSerializable);
    }
}
