package dev.gyre.examples.raftlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.examples.lock.LockNode.Msg;
import dev.gyre.examples.raftlock.RaftLockNode.Lock;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LockTest {
    private final Lock lock = new Lock(new TreeSet<>());

    @Test
    void lockHasOneHolderWhoAloneGivesItBack() {
        assertThat(lock.serve(new Msg.Acquire(1))).isEqualTo(new Msg.AcquireOk());
        assertThatThrownBy(() -> lock.serve(new Msg.Acquire(2))).hasMessageContaining("taken");
        assertThatThrownBy(() -> lock.serve(new Msg.Release(2))).hasMessageContaining("2 does not hold the lock");
        assertThat(lock.holder()).containsExactly(1L);
        assertThat(lock.serve(new Msg.Release(1))).isEqualTo(new Msg.ReleaseOk());
        assertThat(lock.serve(new Msg.Acquire(2))).isEqualTo(new Msg.AcquireOk());
    }

    @Test
    void holderIsRefusedLikeAnybody() {
        lock.serve(new Msg.Acquire(1));
        assertThatThrownBy(() -> lock.serve(new Msg.Acquire(1))).hasMessageContaining("taken");
    }

    @Test
    void replyIsNoRequest() {
        assertThatThrownBy(() -> lock.serve(new Msg.AcquireOk())).hasMessageContaining("reply");
    }
}
