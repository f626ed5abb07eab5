package dev.gyre.maelstrom.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.json.Json;
import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void aLineHasTheNetworksIdAndTheBodyUnchanged() throws Exception {
        var body = Json.parse("{\"type\":\"x\",\"big\":123456789012345678901234567890,\"small\":1.10,\"e\":\"ü\"}");
        assertThat(ProcessHost.line(4, Letter.ofBody("n0", "n1", (ObjectNode) body)))
                .isEqualTo("{\"id\":4,\"src\":\"n0\",\"dest\":\"n1\",\"body\":"
                        + "{\"type\":\"x\",\"big\":123456789012345678901234567890,\"small\":1.10,\"e\":\"ü\"}}");
    }
}
