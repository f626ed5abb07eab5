package dev.gyre.maelstrom.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.maelstrom.engine.NodeEvent.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void linesAreCountedAndTheLastNeedsNoLineFeed() throws Exception {
        assertThat(lines("a\n\nü€\nlast"))
                .containsExactly(new Line(1, "a"), new Line(2, ""), new Line(3, "ü€"), new Line(4, "last"));
        assertThat(lines("")).isEmpty();
        assertThat(lines("a\n")).containsExactly(new Line(1, "a"));
    }

    @Test
    void linesOfAnyLengthSurviveReadsOfAnyLength() throws Exception {
        var random = new SplittableRandom(1);
        var expected = new ArrayList<Line>();
        var text = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            String line = "é".repeat(random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(50));
            expected.add(new Line(i, line));
            text.append(line).append('\n');
        }
        var bytes = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        var inPieces = new InputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return bytes.read(buffer, offset, Math.min(length, 1 + random.nextInt(70_000)));
            }
        };

        assertThat(lines(new LineReader(inPieces))).isEqualTo(expected);
    }

    @Test
    void aLineWithoutEndIsGivenUp() throws Exception {
        var bytes = new byte[LineReader.LINE_MAX_BYTES + 10];
        Arrays.fill(bytes, (byte) 'x');
        bytes[1] = '\n';
        var reader = new LineReader(new ByteArrayInputStream(bytes));
        assertThat(reader.next()).contains(new Line(1, "x"));

        assertThatThrownBy(reader::next).isInstanceOfSatisfying(LineReader.LineTooLong.class, e -> {
            assertThat(e.line().number()).isEqualTo(2);
            assertThat(e.line().text()).matches("x{1000}");
        });
    }

    private static List<Line> lines(String text) throws IOException {
        return lines(new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<Line> lines(LineReader reader) throws IOException {
        var lines = new ArrayList<Line>();
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(line.get());
        }
        return lines;
    }
}
