package dev.gyre.examples.wordcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.examples.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever starts a node is told before it runs; the node at work is in the workbench's tests. */
class WordCountNodeTest {
    @TempDir
    private Path folder = Path.of("");

    private WordCountNode.Options read(Path input, Path output) {
        return Flags.read(WordCountNode.Options::read, "--input", input.toString(), "--output", output.toString());
    }

    @Test
    void theFolderForCountsIsMade() {
        var options = read(folder, folder.resolve("a").resolve("b"));
        assertThat(options.output()).isDirectory();
        assertThat(options.workers()).isEqualTo(3);
    }

    @Test
    void textsThatAreNotThereAreTold() {
        var nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> read(nowhere, folder))
                .hasMessageStartingWith("--input " + nowhere + ": there is no such file or folder");
        assertThatThrownBy(() -> Flags.read(WordCountNode.Options::read))
                .hasMessageContaining("--input is missing: it takes the path of a file or folder");
    }

    @Test
    void aFileIsNoPlaceForCounts() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> read(folder, file))
                .hasMessageStartingWith("--output " + file + " cannot be made a folder");
    }
}
