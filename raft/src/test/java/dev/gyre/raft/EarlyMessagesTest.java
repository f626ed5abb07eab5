package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.raft.core.Message;
import org.junit.jupiter.api.Test;

class EarlyMessagesTest {
    private final EarlyMessages<String> early = new EarlyMessages<>();

    private static Message<String> heartbeat(String from, long round) {
        return new Message.Heartbeat<>(from, "n0", 3, 0, round);
    }

    private static Message<String> timeoutNow(String from) {
        return new Message.TimeoutNow<>(from, "n0", 3);
    }

    @Test
    void lastWordOfEachKindIsKeptInOrderOfArrival() {
        early.add(heartbeat("n1", 1));
        early.add(timeoutNow("n1"));
        early.add(heartbeat("n2", 7));
        early.add(heartbeat("n1", 2));

        assertThat(early.take()).containsExactly(timeoutNow("n1"), heartbeat("n2", 7), heartbeat("n1", 2));
        assertThat(early.take()).isEmpty();
    }

    @Test
    void strangersDoNotFillTheMemory() {
        for (int i = 0; i < 1000; i++) {
            early.add(heartbeat("stranger" + i, 1));
        }

        assertThat(early.take()).hasSize(64);
    }
}
