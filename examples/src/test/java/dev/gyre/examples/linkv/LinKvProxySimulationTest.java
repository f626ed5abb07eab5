package dev.gyre.examples.linkv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.service.LinKvService;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.Processes;
import java.time.Duration;
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

    @Test
    void keysAreLinearizableUnderEveryFault() {
        cluster().sweep(1, 50, KvScenario::keysAreLinearizableAndServed);
        cluster().verify(51, KvScenario::keysAreLinearizableAndServed);
    }

    @Test
    void keysAreLinearizableWhenRepliesComeTooLate() {
        cluster().latency(Latency.exponential(Duration.ofMillis(300))).sweep(1, 20, KvScenario::keysAreLinearizable);
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
