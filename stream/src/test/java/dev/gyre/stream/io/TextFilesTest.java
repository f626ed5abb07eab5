package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.testing.SourceKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.txt");
    }

    private List<String> read(String text) throws IOException {
        Files.writeString(file, text);
        return SourceKit.of(TextFiles.file(file)).run();
    }

    @Test
    void linesEndWithEitherBreak() throws IOException {
        assertThat(read("a\nb\r\n\nc\r\r\nd\re\n")).containsExactly("a", "b", "", "c\r", "d\re");
        assertThat(read("\r\n")).containsExactly("");
        assertThat(read("")).isEmpty();
    }

    @Test
    void lastLineMayLackItsBreak() throws IOException {
        assertThat(read("a\nb")).containsExactly("a", "b");
        assertThat(read("a\nb\r")).containsExactly("a", "b\r");
    }

    @Test
    void positionsAreOffsetsInBytes() throws IOException {
        Files.writeString(file, "é€😀\nb\n");
        var kit = SourceKit.of(TextFiles.file(file));
        kit.step();
        assertThat(kit.positions()).containsEntry("a.txt", 10L);
        assertThat(kit.run()).containsExactly("é€😀", "b");
        assertThat(kit.positions()).containsEntry("a.txt", 12L);
    }

    @Test
    void longLinesAreReadWhereverBlocksEnd() throws IOException {
        var random = new Random(1);
        var lines = random.ints(60, 0, 90_000).mapToObj("é"::repeat).toList();
        Files.write(file, lines);
        assertThat(SourceKit.of(TextFiles.file(file)).run()).isEqualTo(lines);
        assertThat(SourceKit.of(TextFiles.file(file)).batch(1000).run()).isEqualTo(lines);
    }

    @Test
    void filesOfFolderAreItsPartitions() throws IOException {
        Files.writeString(folder.resolve("b.txt"), "b\n");
        Files.writeString(file, "a\n");
        Files.writeString(folder.resolve(".hidden"), "x\n");
        Files.createDirectory(folder.resolve("folder"));
        var kit = SourceKit.of(TextFiles.in(folder));
        assertThat(kit.positions()).containsOnlyKeys("a.txt", "b.txt");
        assertThat(kit.run()).containsExactly("a", "b");
        assertThat(kit.isFinished()).isTrue();
    }

    @Test
    void fileThatComesLaterIsFoundWhenAskedFor() throws IOException {
        Files.writeString(file, "a\n");
        var kit = SourceKit.of(TextFiles.in(folder));
        kit.run();
        Files.writeString(folder.resolve("b.txt"), "b\n");
        assertThat(kit.find()).containsExactly("b.txt");
        assertThat(kit.run()).containsExactly("b");
    }

    @Test
    void followedFileIsReadLineByLineAsItGrows() throws IOException {
        Files.writeString(file, "a\nb");
        var kit = SourceKit.of(TextFiles.file(file).following(Duration.ofSeconds(1)));
        assertThat(kit.run()).containsExactly("a");
        assertThat(kit.step()).isEqualTo(Polled.later(Duration.ofSeconds(1)));
        Files.writeString(file, "c\nd", StandardOpenOption.APPEND);
        assertThat(kit.run()).containsExactly("bc");
        assertThat(kit.isFinished()).isFalse();
    }

    @Test
    void openFileIsReadOnAsItGrows() throws IOException {
        Files.writeString(file, "a\nb");
        var lines = new ArrayList<String>();
        try (var partition =
                TextFiles.file(file).following(Duration.ofSeconds(1)).open("a.txt", Optional.empty())) {
            var out = new Receiver(lines);
            partition.poll(out, 10);
            Files.writeString(file, "c\r\n", StandardOpenOption.APPEND);
            partition.poll(out, 10);
        }
        assertThat(lines).containsExactly("a", "bc");
    }

    private record Receiver(List<String> lines) implements Output<String> {
        @Override
        public void emit(String value) {
            lines.add(value);
        }

        @Override
        public void emit(String value, long time) {
            lines.add(value);
        }
    }

    @Test
    void malformedTextIsNamedWithItsOffset() throws IOException {
        Files.write(file, "ok\nab?cd\n".replace('?', 'ÿ').getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SourceKit.of(TextFiles.file(file)).run())
                .hasMessage(file + " is not UTF-8 at offset 5: convert it, or leave it out");
        Files.write(file, new byte[] {'o', 'k', '\n', (byte) 0xC3});
        assertThatThrownBy(() -> SourceKit.of(TextFiles.file(file)).run()).hasMessageContaining("at offset 3");
    }

    @Test
    void shrunkenFileIsAnError() throws IOException {
        Files.writeString(file, "first\nsecond\n");
        var kit = SourceKit.of(TextFiles.file(file).following(Duration.ofSeconds(1)));
        kit.run();
        Files.writeString(file, "new\n");
        assertThatThrownBy(kit::step)
                .hasMessageStartingWith(file + " has been read up to offset 13, and has 4 bytes now");
    }

    @Test
    void fileThatShrinksWhileItIsReadIsAnError() throws IOException {
        Files.writeString(file, "first\nsecond\n");
        try (var partition =
                TextFiles.file(file).following(Duration.ofSeconds(1)).open("a.txt", Optional.empty())) {
            partition.poll(new Receiver(new ArrayList<>()), 10);
            Files.writeString(file, "new\n");
            assertThatThrownBy(() -> partition.poll(new Receiver(new ArrayList<>()), 10))
                    .hasMessageContaining("read up to offset 13, and has 4 bytes now");
        }
    }

    @Test
    void lineWithoutEndIsAnError() throws IOException {
        Files.write(file, new byte[TextFiles.MAX_LINE_BYTES + (1 << 20)]);
        assertThatThrownBy(() -> SourceKit.of(TextFiles.file(file)).run())
                .hasMessageContaining("has a line of more than 16777216 bytes at offset 0: is it a text file?");
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        var none = folder.resolve("none");
        assertThatThrownBy(() -> SourceKit.of(TextFiles.file(none)))
                .hasMessage(none + " cannot be read: it is not there: create it, or correct the path");
        assertThatThrownBy(() -> SourceKit.of(TextFiles.in(none)))
                .hasMessage(none + " cannot be read: it is not there: create it, or correct the path");
        Files.writeString(file, "");
        assertThatThrownBy(() -> SourceKit.of(TextFiles.in(file)))
                .hasMessage(file + " cannot be read: it is no folder: correct the path");
    }

    @Test
    void positionOfAnotherSourceIsRefused() throws IOException {
        Files.writeString(file, "");
        assertThatThrownBy(() -> TextFiles.file(file).open("a.txt", Optional.of("key")))
                .hasMessageContaining("key is no offset in " + file);
    }

    @Test
    void waitMustBeAboveZero() {
        assertThatThrownBy(() -> TextFiles.file(file).following(Duration.ZERO))
                .hasMessage("files are looked at again after a time above zero, not PT0S");
    }
}
