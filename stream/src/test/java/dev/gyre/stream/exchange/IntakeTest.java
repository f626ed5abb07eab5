package dev.gyre.stream.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** See {@link IntakeRun}. */
class IntakeTest {
    @Test
    void nothingComesBehindTheEndOfTimeWhoeverIsIdle() {
        assertThat(IntakeRun.firstFailure(2000)).isEmpty();
    }
}
