package dev.gyre.examples.raftkv;

import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.Processes;
import dev.gyre.examples.linkv.KvScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The store under every fault, crashes and those of disks among them. */
final class RaftKvSimulationTest {
    private static Simulation<KvMessage, ?> cluster() {
        return Simulation.of(KvMessage.class, RaftKvNode::new).chaos(Processes.CHAOS);
    }

    @Test
    void keysAreLinearizableUnderEveryFault() {
        cluster().sweep(1, 40, KvScenario::keysAreLinearizableAndServed);
        cluster().verify(41, KvScenario::keysAreLinearizableAndServed);
    }

    @Test
    void keysAreLinearizableWhenRepliesComeTooLate() {
        cluster().latency(Latency.exponential(Duration.ofMillis(100))).sweep(1, 20, KvScenario::keysAreLinearizable);
    }
}
