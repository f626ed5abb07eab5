package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalInboxTest {
    private static final int ROUNDS = 200_000;
    private static final LocalMessage MESSAGE =
            new LocalMessage("n0", "n1", "echo", OptionalLong.empty(), OptionalLong.empty(), "payload");

    /** Takes one message at a time, looks for it a little longer each time before it sleeps, and passes it on. */
    private static void relay(LocalInbox from, LocalInbox to, boolean asUrgent, CountDownLatch done) {
        for (int taken = 0; taken < ROUNDS; taken++) {
            int patience = taken % 128; // so that some message comes at every moment of falling asleep
            while (from.poll() == null && from.pollUrgent() == null) {
                if (patience-- <= 0) {
                    from.park(Long.MAX_VALUE, () -> false);
                }
            }
            pass(to, asUrgent);
        }
        done.countDown();
    }

    private static void pass(LocalInbox to, boolean asUrgent) {
        if (asUrgent) {
            to.add(() -> {});
        } else {
            to.offer(MESSAGE);
            to.wake();
        }
    }

    private static void passBackAndForth(boolean asUrgent) throws InterruptedException {
        var left = new LocalInbox(16);
        var right = new LocalInbox(16);
        var done = new CountDownLatch(2);
        var threads = List.of(
                new Thread(() -> relay(left, right, asUrgent, done)),
                new Thread(() -> relay(right, left, asUrgent, done)));
        left.useOwner(threads.get(0));
        right.useOwner(threads.get(1));
        for (var thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
        pass(left, asUrgent);
        assertThat(done.await(20, TimeUnit.SECONDS))
                .as("no wake-up was lost in %d rounds", ROUNDS)
                .isTrue();
    }

    @Test
    void noWakeUpIsLostWhenMessagesComeAsTheirReceiverFallsAsleep() throws InterruptedException {
        passBackAndForth(false);
    }

    @Test
    void noWakeUpIsLostForWhatIsUrgent() throws InterruptedException {
        passBackAndForth(true);
    }

    @Test
    void messagesOfManySendersAreEachTakenOnceAndAFullInboxRefuses() throws InterruptedException {
        var inbox = new LocalInbox(64);
        inbox.useOwner(Thread.currentThread());
        int senders = 3;
        var refused = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int s = 0; s < senders; s++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    if (!inbox.offer(MESSAGE)) {
                        refused.incrementAndGet();
                    }
                    inbox.wake();
                }
                inbox.add(() -> {});
            }));
        }
        int taken = 0;
        for (int ended = 0; ended < senders || !inbox.isEmpty(); ) {
            if (inbox.poll() != null) {
                taken++;
            } else if (inbox.pollUrgent() != null) {
                ended++;
            } else if (ended < senders) {
                inbox.park(Long.MAX_VALUE, () -> false);
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        while (inbox.poll() != null) {
            taken++;
        }
        assertThat(taken + refused.get()).isEqualTo(senders * ROUNDS);
        assertThat(taken).isGreaterThanOrEqualTo(64);
    }
}
