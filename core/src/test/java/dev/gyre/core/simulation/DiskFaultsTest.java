package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.simulation.DurableSet.Care;
import dev.gyre.core.simulation.DurableSet.Msg;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Disks under faults: a service that treats its disk rightly loses nothing, and each way to treat it wrongly is found. */
class DiskFaultsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Simulation<Msg, Void> cluster(UnaryOperator<Care> change) {
        return Simulation.of(Msg.class, DurableSet.with(change)).nodes(1);
    }

    private static void nothingAcknowledgedIsLost(SimulationRun<Msg> run) {
        var client = run.client();
        var asked = new TreeSet<Long>();
        var acknowledged = new TreeSet<Long>();
        var next = new AtomicLong();
        run.every(Duration.ofMillis(20), () -> {
            long element = next.incrementAndGet();
            asked.add(element);
            client.call("n0", new Msg.Add(element), SECOND).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok) {
                    acknowledged.add(element);
                }
            });
        });
        run.whenSettled(() -> {
            var reply = client.call("n0", new Msg.Read(), SECOND);
            run.check(() -> {
                var elements = ((Msg.ReadOk) reply.outcome().orThrow()).elements();
                assertThat(elements).containsAll(acknowledged);
                assertThat(asked).containsAll(elements);
            });
        });
        run.check(() -> assertThat(acknowledged).hasSizeGreaterThan(10));
    }

    private static void isFound(UnaryOperator<Care> mistake, Set<FaultKind> kinds) {
        var simulation = cluster(mistake).faults(kinds);
        assertThatThrownBy(() -> simulation.sweep(1, 100, DiskFaultsTest::nothingAcknowledgedIsLost))
                .isInstanceOf(SimulationFailure.class);
    }

    @Test
    void carefulServiceLosesNothingUnderAllUsualFaults() {
        cluster(care -> care).sweep(1, 100, DiskFaultsTest::nothingAcknowledgedIsLost);
    }

    @Test
    void sameSeedGivesTheSameHash() {
        cluster(care -> care).verify(3, DiskFaultsTest::nothingAcknowledgedIsLost);
    }

    @Test
    void acknowledgementBeforeTheSyncIsFound() {
        isFound(care -> new Care(false, true, true, true), EnumSet.of(FaultKind.CRASH));
    }

    @Test
    void newFileWhoseNameWasNotSyncedIsFound() {
        isFound(care -> new Care(true, false, true, true), EnumSet.of(FaultKind.CRASH));
    }

    @Test
    void tornRecordThatNobodyChecksIsFound() {
        isFound(care -> new Care(true, true, false, true), EnumSet.of(FaultKind.CRASH, FaultKind.SLOW_DISK));
    }

    @Test
    void acknowledgementAfterAFailedSyncIsFound() {
        isFound(care -> new Care(true, true, true, false), EnumSet.of(FaultKind.CRASH, FaultKind.FAILED_SYNC));
    }

    @Test
    void flippedBitsAreFoundByThoseWhoLook() {
        var plan = FaultPlan.NONE
                .with(Duration.ofSeconds(10), new Fault.FlippedBit("n0", 0.5))
                .with(Duration.ofSeconds(11), Duration.ofSeconds(12), new Fault.Crash("n0"), new Fault.Restart("n0"));
        assertThatThrownBy(() -> cluster(care -> care).faults(plan).run(1, DiskFaultsTest::nothingAcknowledgedIsLost))
                .hasMessageContaining("FlippedBit[node=n0, where=0.5]");
    }

    @Test
    void nodeThatItsDiskFailsStopsAndIsStartedAgain() {
        var plan = FaultPlan.NONE
                .with(Duration.ofSeconds(10), new Fault.FailingDisk("n0"))
                .with(Duration.ofSeconds(15), new Fault.MendDisk("n0"))
                .with(Duration.ofSeconds(15), new Fault.Restart("n0"));
        cluster(care -> care).faults(plan).run(1, run -> {
            nothingAcknowledgedIsLost(run);
            run.after(
                    Duration.ofSeconds(12),
                    () -> run.client()
                            .call("n0", new Msg.Read(), SECOND)
                            .whenDone(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class)));
        });
    }

    @Test
    void swarmFlipsBitsOfOneNodeOnly() {
        for (int seed = 0; seed < 50; seed++) {
            var plan = FaultKind.swarm(
                    EnumSet.of(FaultKind.FLIPPED_BIT),
                    List.of("n0", "n1", "n2"),
                    Duration.ofSeconds(30),
                    new RandomStreams(seed));
            assertThat(plan.steps().stream().map(step -> ((Fault.FlippedBit) step.fault()).node()))
                    .satisfies(nodes -> assertThat(Set.copyOf(nodes)).hasSizeLessThanOrEqualTo(1));
        }
    }
}
