package dev.gyre.raft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** A log on a disk that crashes, hangs, fills up and fails to sync is found as it was at or after the last sync that was told. */
class RaftLogCrashTest {
    private static final int SEEDS = 300;

    private static int run(long seed) {
        var model = new LogModel();
        Simulation.<LogNode.Msg, LogNode.Tick>of(LogNode.Msg.class, node -> new LogNode(node, model))
                .nodes(1)
                .chaos(Duration.ofSeconds(10))
                .settle(Duration.ofSeconds(2))
                .faults(EnumSet.of(FaultKind.CRASH, FaultKind.SLOW_DISK, FaultKind.FAILED_SYNC, FaultKind.FULL_DISK))
                .run(seed, run -> {});
        return model.vouched();
    }

    @Test
    void logIsFoundAsItWasAtOrAfterTheLastSyncThatWasTold() {
        long vouched = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            vouched += run(seed);
        }
        assertThat(vouched).isGreaterThan(SEEDS * 100L);
    }
}
