package dev.gyre.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OnceTest {
    private final Once<Integer> once = new Once<>();
    private final AtomicInteger served = new AtomicInteger();

    private int ask(String sender, long number) {
        return once.answer(sender, number, served::incrementAndGet);
    }

    @Test
    void secondCopyGetsTheAnswerOfTheFirst() {
        assertThat(ask("n1-a", 1)).isEqualTo(1);
        assertThat(ask("n1-a", 2)).isEqualTo(2);
        assertThat(ask("n1-a", 1)).isEqualTo(1);
        assertThat(served.get()).isEqualTo(2);
    }

    @Test
    void numberOfAnotherSenderIsAnotherRequest() {
        assertThat(ask("n1-a", 1)).isEqualTo(1);
        assertThat(ask("n1-b", 1)).isEqualTo(2);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < Once.REMEMBERED_MAX; i++) {
            ask("n1-a", i);
        }
        assertThat(ask("n1-a", 0)).as("the oldest is still known").isEqualTo(1);
        ask("n1-a", -1);
        assertThat(ask("n1-a", 0)).as("the oldest is forgotten").isEqualTo(Once.REMEMBERED_MAX + 2);
    }
}
