package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.testing.SinkKit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinksTest {
    @Test
    void collectedRecordsAreInOrder() {
        var all = new ArrayList<String>();
        try (var kit = SinkKit.of(Sinks.<String>collecting(all), 2)) {
            kit.write(0, "a");
            kit.write(1, "b");
            kit.snapshot();
            kit.write(0, "c");
        }
        assertThat(all).containsExactly("a", "b", "c");
    }

    @Test
    void listOfMoreGeneralValuesWillDo() {
        List<Object> all = new ArrayList<>();
        SinkKit.of(Sinks.<Integer>collecting(all)).write(1);
        assertThat(all).containsExactly(1);
    }

    @Test
    void consumerSeesEachRecord() {
        var text = new StringBuilder();
        SinkKit.of(Sinks.<String>forEach(text::append)).write("x");
        assertThat(text).hasToString("x");
    }

    @Test
    void recordsArePrintedAsLines() {
        var bytes = new ByteArrayOutputStream();
        var kit = SinkKit.of(Sinks.printing(new PrintStream(bytes, false, StandardCharsets.UTF_8)));
        kit.write("é");
        kit.write(2L);
        kit.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("é\n2\n");
        assertThat(Sinks.stdout()).isNotNull();
    }
}
