package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.host.EchoService.Msg;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalHostTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void nodesAnswerAClient() {
        try (var host = LocalHost.of(3)) {
            host.startAll(Msg.class, EchoService::new);
            var client = host.client(Msg.class);
            for (var id : host.nodeIds()) {
                assertThat(client.call(id, new Msg.Echo(id), SECOND).join())
                        .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk(id)));
            }
        }
    }
}
