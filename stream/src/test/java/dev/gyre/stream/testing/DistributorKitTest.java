package dev.gyre.stream.testing;

import static dev.gyre.stream.testing.Message.barrier;
import static dev.gyre.stream.testing.Message.data;
import static dev.gyre.stream.testing.Message.end;
import static dev.gyre.stream.testing.Message.epoch;
import static dev.gyre.stream.testing.Message.idle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributorKitTest {
    private final DistributorKit two = DistributorKit.of(0, List.of(0, 1));
    private final long mine = two.keyOf(0, 0);
    private final long theirs = two.keyOf(1, 0);

    @Test
    void recordsGoToTheWorkersOfTheirKeysInOrder() {
        two.sendLocal(data(theirs, "a", 1));
        two.sendLocal(data(mine, "b", 2));
        two.sendLocal(data(theirs, "c", 3));
        for (int i = 0; i < 4; i++) {
            two.step();
        }
        assertThat(two.sent(1)).containsExactly(data(theirs, "a", 1), data(theirs, "c", 3));
        assertThat(two.received()).containsExactly(data(mine, "b", 2));
    }

    @Test
    void receiverWithoutCreditHoldsUpWhatFollows() {
        two.sendLocal(data(mine, "first"));
        two.sendLocal(data(mine, "second"));
        two.sendLocal(barrier(1));
        two.sendRemote(1, barrier(1));
        assertThat(two.step()).containsExactly(data(mine, "first"));
        assertThat(two.step()).containsExactly(data(mine, "second"));
        assertThat(two.step()).containsExactly(barrier(1));
    }

    @Test
    void barrierStaysBehindRecordsThatWaitForCredit() {
        two.sendLocal(data(theirs, "first"));
        two.sendLocal(data(theirs, "second"));
        two.sendLocal(barrier(1));
        for (int i = 0; i < 3; i++) {
            two.step();
        }
        assertThat(two.sent(1)).containsExactly(data(theirs, "first"), data(theirs, "second"), barrier(1));
    }

    @Test
    void idleSenderIsNotWaitedFor() {
        two.sendLocal(epoch(5));
        two.sendRemote(1, idle());
        assertThat(two.step()).containsExactly(epoch(5));
    }

    @Test
    void endComesOnceAllHaveEnded() {
        two.sendLocal(end());
        assertThat(two.step()).isEmpty();
        two.sendRemote(1, end());
        assertThat(two.step()).containsExactly(epoch(Long.MAX_VALUE));
        assertThat(two.step()).containsExactly(end());
        assertThat(two.step()).isEmpty();
    }

    @Test
    void mistakesOfTheTestAreNamed() {
        assertThatThrownBy(() -> two.sendRemote(0, epoch(1))).hasMessageContaining("worker 0 is no other worker");
        assertThatThrownBy(() -> two.sendRemote(7, epoch(1))).hasMessageContaining("worker 7 is no other worker");
        assertThatThrownBy(() -> two.sendRemote(1, data(theirs, "x")))
                .hasMessage("key " + theirs + " is one of worker 1, so nobody sends it to worker 0: use keyOf");
        assertThatThrownBy(() -> DistributorKit.of(3, List.of(0, 1))).hasMessage("worker 3 is none of [0, 1]");
    }
}
