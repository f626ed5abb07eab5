package dev.gyre.examples.linkv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.service.LinKvService;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The proxy under every fault: it keeps nothing, so crashes are no worse than the rest. */
final class LinKvProxySimulationTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static Simulation<KvMessage, Void> cluster() {
        return Simulation.<KvMessage, Void>of(KvMessage.class, node -> new LinKvProxyNode())
                .with("lin-kv", KvMessage.class, LinKvService::new)
                .nodes(3)
                .chaos(Processes.CHAOS);
    }

    private static KvMessage request(Keyed<Integer, RegisterModel.Input<Long>> input) {
        var key = JSON.numberNode(input.key());
        return switch (input.input()) {
            case RegisterModel.Read<Long> read -> new KvMessage.Read(key);
            case RegisterModel.Write<Long>(var value) -> new KvMessage.Write(key, JSON.numberNode(value));
            case RegisterModel.Cas<Long>(var from, var to) ->
                new KvMessage.Cas(key, JSON.numberNode(from), JSON.numberNode(to), null);
        };
    }

    private static RegisterModel.Output<Long> answer(KvMessage reply) {
        return reply instanceof KvMessage.ReadOk(var value)
                ? new RegisterModel.Value<>(value.asLong())
                : new RegisterModel.Done<>();
    }

    private static Keyed<Integer, RegisterModel.Input<Long>> draw(RandomGenerator random) {
        long value = random.nextInt(5);
        RegisterModel.Input<Long> input = switch (random.nextInt(6)) {
            case 0 -> new RegisterModel.Write<>(value);
            case 1, 2 -> new RegisterModel.Cas<>((long) random.nextInt(5), value);
            default -> new RegisterModel.Read<>();
        };
        return new Keyed<>(random.nextInt(4), input);
    }

    private static void keysAreLinearizable(SimulationRun<KvMessage> run) {
        var processes = new Processes<KvMessage, Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>(
                run, LinKvProxySimulationTest::request, LinKvProxySimulationTest::answer);
        processes.start(6, Duration.ofMillis(200), client -> client.call(draw(run.random())));
        run.check(() -> {
            var result =
                    PerKey.check(processes.history(), history -> Linearizability.check(new RegisterModel<>(), history));
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat(processes.served()).isGreaterThan(10);
        });
    }

    @Test
    void keysAreLinearizableUnderEveryFault() {
        cluster().sweep(1, 50, LinKvProxySimulationTest::keysAreLinearizable);
        cluster().verify(51, LinKvProxySimulationTest::keysAreLinearizable);
    }

    @Test
    void keysAreLinearizableWhenRepliesComeTooLate() {
        cluster()
                .latency(Latency.exponential(Duration.ofMillis(300)))
                .sweep(1, 20, LinKvProxySimulationTest::keysAreLinearizable);
    }

    @Test
    void errorsOfTheStorePassThroughAndALateReplyLeavesTheOutcomeOpen() {
        cluster().faults(FaultPlan.NONE).run(1, run -> {
            var read = run.client().call("n0", new KvMessage.Read(JSON.numberNode(9)), Duration.ofSeconds(5));
            run.check(() -> assertThat(read.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.error().code()).isEqualTo(ErrorCode.KEY_DOES_NOT_EXIST)));
        });
        cluster()
                .faults(FaultPlan.NONE)
                .latency(Latency.constant(Duration.ofSeconds(1)))
                .run(1, run -> {
                    var write = new KvMessage.Write(JSON.numberNode(9), JSON.numberNode(1));
                    var outcome = run.client().call("n0", write, Duration.ofSeconds(5));
                    run.check(() -> assertThat(outcome.outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Unknown.class,
                                    unknown ->
                                            assertThat(unknown.error().code()).isEqualTo(ErrorCode.TIMEOUT)));
                });
    }
}
