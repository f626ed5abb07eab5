package dev.gyre.examples.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Promise;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.KeyAssumption;
import dev.gyre.core.checker.elle.ListAppendChecker;
import dev.gyre.core.checker.elle.RegisterOp;
import dev.gyre.core.checker.elle.RwRegisterChecker;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.txn.TxnRwRegisterNode.Kind;
import dev.gyre.examples.txn.TxnRwRegisterNode.Msg;
import dev.gyre.examples.txn.TxnRwRegisterNode.Op;
import dev.gyre.examples.txn.TxnRwRegisterNode.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The registers under every fault that replicas without a disk can survive. */
final class TxnRwRegisterSimulationTest {
    private static final int KEYS = 5;

    /** Clients stay with their replicas, each of which knows but newer and newer versions: so each meets them in their order. */
    private static final RwRegisterChecker CHECKER = new RwRegisterChecker(
            EnumSet.of(ConsistencyModel.READ_UNCOMMITTED, ConsistencyModel.READ_COMMITTED),
            EnumSet.of(KeyAssumption.SEQUENTIAL),
            ListAppendChecker.DEPENDENCIES_MAX_DEFAULT);

    private static Simulation<Msg, Signal> cluster() {
        return Simulation.of(Msg.class, TxnRwRegisterNode::new).nodes(3).chaos(Processes.CHAOS);
    }

    private static Msg request(List<RegisterOp> ops) {
        return new Msg.Txn(ops.stream()
                .map(op -> switch (op) {
                    case RegisterOp.Read(var key, var value) -> new Op(Kind.READ, Long.parseLong(key), null);
                    case RegisterOp.Write(var key, long value) -> new Op(Kind.WRITE, Long.parseLong(key), value);
                })
                .toList());
    }

    private static List<RegisterOp> answer(Msg reply) {
        return ((Msg.TxnOk) reply)
                .txn().stream().map(TxnRwRegisterSimulationTest::answer).toList();
    }

    private static RegisterOp answer(Op op) {
        var key = Long.toString(op.key());
        var value = op.value();
        if (value == null) {
            return RegisterOp.read(key);
        }
        return op.kind() == Kind.READ ? RegisterOp.read(key, value) : RegisterOp.write(key, value);
    }

    private static Processes<Msg, List<RegisterOp>, List<RegisterOp>> transactions(SimulationRun<Msg> run) {
        var processes = new Processes<Msg, List<RegisterOp>, List<RegisterOp>>(
                run, TxnRwRegisterSimulationTest::request, TxnRwRegisterSimulationTest::answer);
        var lastValue = new AtomicLong();
        processes.start(6, Duration.ofMillis(100), client -> {
            var random = run.random();
            return client.call(IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> {
                        var key = Integer.toString(random.nextInt(KEYS));
                        return random.nextBoolean()
                                ? RegisterOp.read(key)
                                : RegisterOp.write(key, lastValue.incrementAndGet());
                    })
                    .toList());
        });
        return processes;
    }

    private static void committedAloneIsRead(SimulationRun<Msg> run) {
        var processes = transactions(run);
        var replicas = new ArrayList<Promise<Msg>>();
        var all = new Msg.Txn(LongStream.range(0, KEYS)
                .mapToObj(key -> new Op(Kind.READ, key, null))
                .toList());
        run.whenSettled(() ->
                run.nodeIds().forEach(node -> replicas.add(run.client().call(node, all, Duration.ofSeconds(1)))));
        run.check(() -> {
            var result = CHECKER.check(processes.history());
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            var first = replicas.getFirst().outcome().orThrow();
            assertThat(replicas)
                    .as("replicas agree in the end")
                    .allSatisfy(
                            replica -> assertThat(replica.outcome().orThrow()).isEqualTo(first));
            assertThat(answer(first))
                    .as("all keys")
                    .noneMatch(op -> op.equals(new RegisterOp.Read(op.key(), OptionalLong.empty())));
        });
    }

    @Test
    void replicasAreReadCommittedAndAgreeInTheEnd() {
        cluster().faults(FaultKind.WITHOUT_CRASHES).sweep(1, 50, TxnRwRegisterSimulationTest::committedAloneIsRead);
        cluster().faults(FaultKind.WITHOUT_CRASHES).verify(51, TxnRwRegisterSimulationTest::committedAloneIsRead);
    }

    @Test
    void everyTransactionIsServedWhateverTheNetworkDoes() {
        var network = Set.copyOf(EnumSet.range(FaultKind.PARTITION, FaultKind.DUPLICATION));
        cluster().faults(network).sweep(1, 20, run -> {
            var processes = transactions(run);
            run.check(() ->
                    assertThat(processes.history()).hasSizeGreaterThan(500).allMatch(Operation::isOk));
        });
    }
}
