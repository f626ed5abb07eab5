package dev.gyre.examples.raftlock;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.Processes;
import dev.gyre.examples.lock.LockNode.Msg;
import dev.gyre.examples.lock.LockScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The lock under every fault, crashes and those of disks among them. */
final class RaftLockSimulationTest {
    private static Simulation<Msg, ?> cluster() {
        return Simulation.of(Msg.class, RaftLockNode::new).chaos(Processes.CHAOS);
    }

    @Test
    void lockHasOneHolderAtATimeUnderEveryFault() {
        cluster().sweep(1, 40, LockScenario::oneHolderAtATimeAndServed);
        cluster().verify(41, LockScenario::oneHolderAtATimeAndServed);
    }

    @Test
    void lockHasOneHolderAtATimeWhenRepliesComeTooLate() {
        cluster().latency(Latency.exponential(Duration.ofMillis(100))).sweep(1, 20, LockScenario::oneHolderAtATime);
    }
}
