package dev.gyre.stream.testing;

import static dev.gyre.stream.testing.Message.barrier;
import static dev.gyre.stream.testing.Message.data;
import static dev.gyre.stream.testing.Message.epoch;
import static dev.gyre.stream.testing.Message.suspend;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the distributor of a keyed dataflow does at worker 0. The numbers are those of spec/stream.md, section 6. */
class DistributorConformanceTest {
    private final DistributorKit two = DistributorKit.of(0, List.of(0, 1));
    private final DistributorKit three = DistributorKit.of(0, List.of(0, 1, 2));
    private final Message record = data(two.keyOf(0, 0), "v");

    @Test
    void d1EpochsAreMergedToTheLeast() {
        two.sendLocal(epoch(15));
        assertThat(two.step()).isEmpty();
        two.sendRemote(1, epoch(42));
        assertThat(two.step()).containsExactly(epoch(15));
    }

    @Test
    void d2EpochGoesToEveryOtherWorker() {
        three.sendLocal(epoch(22));
        three.step();
        assertThat(three.sent(1)).containsExactly(epoch(22));
        assertThat(three.sent(2)).containsExactly(epoch(22));
    }

    @Test
    void d3SuspendGoesToEveryOtherWorker() {
        three.sendLocal(suspend());
        three.step();
        assertThat(three.sent(1)).containsExactly(suspend());
        assertThat(three.sent(2)).containsExactly(suspend());
    }

    @Test
    void d4LocalBarrierWaitsForTheRemoteOne() {
        two.sendLocal(barrier(1));
        assertThat(two.step()).isEmpty();
    }

    @Test
    void d5RemoteBarrierWaitsForTheLocalOne() {
        two.sendRemote(1, barrier(1));
        assertThat(two.step()).isEmpty();
    }

    @Test
    void d6BarriersOfAllMakeOne() {
        two.sendRemote(1, barrier(1));
        two.sendLocal(barrier(1));
        assertThat(two.step()).containsExactly(barrier(1));
    }

    @Test
    void d7NextBarrierIsAlignedAnew() {
        two.sendRemote(1, barrier(1));
        two.sendLocal(barrier(1));
        assertThat(two.step()).containsExactly(barrier(1));
        two.sendLocal(barrier(2));
        assertThat(two.step()).isEmpty();
    }

    @Test
    void d8BarriersInTheOtherOrderMakeOneToo() {
        two.sendLocal(barrier(1));
        two.sendRemote(1, barrier(1));
        assertThat(two.step()).containsExactly(barrier(1));
    }

    @Test
    void d9SuspendedSenderCountsAsArrived() {
        two.sendLocal(barrier(1));
        two.sendRemote(1, suspend());
        assertThat(two.step()).containsExactly(barrier(1));
    }

    @Test
    void d10RemoteRecordWaitsBehindItsBarrier() {
        two.sendRemote(1, barrier(1));
        two.sendRemote(1, record);
        assertThat(two.step()).isEmpty();
        assertThat(two.step()).isEmpty();
        two.sendLocal(barrier(1));
        assertThat(two.step()).containsExactly(barrier(1));
        assertThat(two.step()).containsExactly(record);
    }

    @Test
    void d11LocalRecordWaitsBehindItsBarrier() {
        two.sendLocal(barrier(1));
        two.sendLocal(record);
        assertThat(two.step()).isEmpty();
        two.sendRemote(1, barrier(1));
        assertThat(two.step()).containsExactly(barrier(1));
        assertThat(two.step()).containsExactly(record);
    }
}
