package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlSettingsTest {
    @Test
    void settingsAreChecked() {
        var second = Duration.ofSeconds(1);
        assertThatThrownBy(() ->
                        new ControlSettings(0, second, second, Optional.empty(), second, second, second, 1).check())
                .hasMessageContaining("at least 1 worker");
        assertThatThrownBy(() -> new ControlSettings(
                                1, second, second, Optional.of(Duration.ZERO), second, second, second, 1)
                        .check())
                .hasMessageContaining("snapshot interval must be positive");
    }
}
