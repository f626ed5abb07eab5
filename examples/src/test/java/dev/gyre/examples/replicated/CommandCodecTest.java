package dev.gyre.examples.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gyre.core.Request;
import dev.gyre.examples.lock.LockNode.Msg;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandCodecTest {
    private final CommandCodec<Msg> codec = new CommandCodec<>(Msg.class);

    @Test
    void commandIsReadAsItWasWritten() {
        for (var msgId : new OptionalLong[] {OptionalLong.of(3), OptionalLong.empty()}) {
            var command = new Command<Msg>(new Request("c\"ö},{\\", msgId), new Msg.Acquire(7));
            assertThat(codec.decode(codec.encode(command))).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "7",
                "[]",
                "[{}]",
                "[{},{}",
                "[{},{}]x",
                "[}",
                "[{\"a",
                "[{},{\"a\\",
                "[{\"type\":\"request\",\"src\":\"c1\"},{\"type\":\"steal\"}]"
            })
    void whatIsNoCommandIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(text.getBytes(StandardCharsets.UTF_8)));
    }
}
