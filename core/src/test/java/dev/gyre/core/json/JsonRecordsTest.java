package dev.gyre.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    sealed interface Shape {
        record Circle(int radius) implements Shape {}

        record Hidden() implements Shape {}
    }

    record Drawing(Shape first, List<Shape> others) {}

    @Test
    void sealedComponentNamesItsRecord() {
        var drawings = JsonRecords.of(Drawing.class);
        var drawing = new Drawing(new Shape.Hidden(), List.of(new Shape.Circle(3), new Shape.Hidden()));
        var json = drawings.encode(drawing);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"drawing\",\"first\":{\"type\":\"hidden\"},"
                        + "\"others\":[{\"type\":\"circle\",\"radius\":3},{\"type\":\"hidden\"}]}");
        assertThat(drawings.decode(json)).isEqualTo(drawing);
    }

    @Test
    void sealedComponentIsNoOtherRecord() {
        var drawings = JsonRecords.of(Drawing.class);
        for (var first : List.of("{\"type\":\"java.lang.String\"}", "{\"type\":\"circle\"}", "{\"radius\":3}")) {
            var json = "{\"type\":\"drawing\",\"first\":" + first + ",\"others\":[]}";
            assertThatThrownBy(() -> drawings.decode(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("first");
        }
    }
}
