package dev.gyre.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
    record Sparse(Optional<String> text, OptionalInt count, OptionalDouble share) {}

    @Test
    void optionalComponentMayBeEmpty() {
        var requests = JsonRecords.of(Request.class);
        for (var msgId : new OptionalLong[] {OptionalLong.of(3), OptionalLong.empty()}) {
            var request = new Request("c1", msgId);
            assertThat(requests.decode(requests.encode(request))).isEqualTo(request);
        }
    }

    @Test
    void optionalComponentMayBeLeftOut() {
        var empty = new Sparse(Optional.empty(), OptionalInt.empty(), OptionalDouble.empty());
        var records = JsonRecords.of(Sparse.class);
        assertThat(records.decode("{\"type\":\"sparse\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(empty);
        assertThat(records.decode(records.encode(empty))).isEqualTo(empty);
    }
}
