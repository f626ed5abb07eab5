package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.json.Json;
import org.junit.jupiter.api.Test;

class NetworkCountsTest {
    private static Letter letter(String src, String dest) {
        return Letter.ofBody(src, dest, Json.body("hi"));
    }

    @Test
    void countsTellClientsFromServersAndServicesAreServers() {
        var counts = new NetworkCounts();
        counts.sent(letter("n0", "n1"));
        counts.received(letter("n0", "n1"));
        counts.sent(letter("n0", "lin-kv"));
        counts.sent(letter("c0", "n0"));
        counts.received(letter("c0", "n0"));
        assertThat(counts.clients()).isEqualTo(new NetworkCounts.Tally(1, 1));
        assertThat(counts.servers()).isEqualTo(new NetworkCounts.Tally(2, 1));
        assertThat(counts.all()).isEqualTo(new NetworkCounts.Tally(3, 2));
    }
}
