package dev.gyre.examples.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.Answer;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RescalingTest {
    private static final long NUMBERS = 20_000_000;

    @Test
    void sumsAreExactAlthoughWorkersComeAndGo() throws InterruptedException {
        var sums = new ConcurrentHashMap<Long, Long>();
        assertThat(Rescaling.run(NUMBERS, sums)).hasSize(2).allMatch(Answer.Done.class::isInstance);
        assertThat(sums).isEqualTo(Rescaling.plainSums(NUMBERS));
    }
}
