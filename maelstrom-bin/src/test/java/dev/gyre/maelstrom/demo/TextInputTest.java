package dev.gyre.maelstrom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted, how it is counted plainly, and how the nodes' totals are read. */
class TextInputTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void documentsAndSourcesAreCopiedButNotWhatWasBuiltOrIsHidden() throws Exception {
        write("tree/README.org", "one\n");
        write("tree/a/b/A.java", "two two");
        write("tree/a/notes.md", "three\n");
        write("tree/a/target/B.java", "built\n");
        write("tree/.git/C.java", "hidden\n");
        write("tree/store/x/D.md", "stored\n");
        write("tree/a/e.txt", "other\n");

        var input = TextInput.documentsOf(folder.resolve("tree"), folder.resolve("copies"));

        assertThat(input.texts()).isEqualTo(3);
        assertThat(input.lines()).isEqualTo(3);
        assertThat(input.path()).isAbsolute();
        assertThat(input.plainCount()).isEqualTo(Map.of("one", 1L, "two", 2L, "three", 1L));
    }

    @Test
    void wordsAreRunsOfLettersInLowerCase() throws Exception {
        write("text", "Don't; PANIC\tx2y\r\n\n  Ünder 𝒳𝒳 3\nlast");

        assertThat(TextInput.file(folder.resolve("text")).plainCount())
                .isEqualTo(
                        Map.of("don", 1L, "t", 1L, "panic", 1L, "x", 1L, "y", 1L, "ünder", 1L, "𝒳𝒳", 1L, "last", 1L));
    }

    @Test
    void whatIsNoTextIsNamed() throws Exception {
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, 'a'});

        assertThatThrownBy(() -> TextInput.file(folder.resolve("bytes")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes is no text in UTF-8");
    }

    @Test
    void totalsAreThoseOfAllFiles() throws Exception {
        write("out/part-1", "a\t1\nb\t22\n");
        write("out/part-2", "c\t3\n");
        write("out/.open", "nonsense\n");

        assertThat(WordCountNodes.totals(folder.resolve("out"))).isEqualTo(Map.of("a", 1L, "b", 22L, "c", 3L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c\\t3\\na\\t1\\n | part-2:2: "a" is there a second time, and was 1 before
            c 3\\n         | part-2:1: "c 3" is no word, tab and count
            c\\t-3\\n       | is no word, tab and count
            \\t3\\n         | is no word, tab and count
            """)
    void totalsThatAreNoneOrAreThereTwiceAreNamedByLine(String text, String problem) throws Exception {
        write("out/part-1", "a\t1\n");
        write("out/part-2", text.translateEscapes());

        assertThatThrownBy(() -> WordCountNodes.totals(folder.resolve("out")))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining(problem);
    }
}
