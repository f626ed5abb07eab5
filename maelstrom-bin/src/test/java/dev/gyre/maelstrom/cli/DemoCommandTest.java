package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.examples.wordcount.WordCountNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** {@code demo} with real processes and a short text; its script is tested elsewhere, in virtual time. */
class DemoCommandTest extends CommandLineTest {
    private static final String TEXT = "To be, or not to be: that is the question.\n";

    @Test
    void aTextIsCountedByProcessesAndTheTotalsAreThoseOfAPlainCount() throws Exception {
        Files.writeString(folder().resolve("text"), TEXT.repeat(200));
        node("");

        assertThat(command("demo --bin FOLDER/node --file FOLDER/text"))
                .as(() -> out() + err())
                .isZero();
        assertThat(out())
                .startsWith("Counts the words of one text, 200 lines, on 5 node processes, 3 of them at work.")
                .containsPattern(" s  n0 n1 n2 n3 n4 start\n")
                .contains("The job is complete")
                .endsWith(
                        "The totals of all 8 different words are those of a plain count: 2,000 words, each counted once\n");
    }

    @Test
    void totalsThatAreWrongAreNamedAndTheExitCodeIsOne() throws Exception {
        Files.writeString(folder().resolve("text"), TEXT.repeat(200));
        Files.writeString(
                folder().resolve("other"), TEXT.repeat(199) + "To be, or not to bee: that is the question.\n");
        node("shift 2; set -- --input " + folder().resolve("other") + " \"$@\"");

        assertThat(command("demo --bin FOLDER/node --file FOLDER/text"))
                .as(() -> out() + err())
                .isOne();
        assertThat(out()).contains("be: counted 399, not 400\n").endsWith("bee: counted 1, not 0\n");
    }

    @Test
    void aNodeThatDiesEndsTheDemoWithItsLastWords() throws Exception {
        Files.writeString(folder().resolve("text"), TEXT);
        executable("#!/bin/sh\necho \"no luck today\" >&2\nexit 3\n");

        assertThat(command("demo --bin FOLDER/node --file FOLDER/text")).isOne();
        assertThat(out())
                .containsPattern("Node n[0-4] exited with code 3")
                .contains("  no luck today\n")
                .contains("node-logs");
    }

    /** Makes an executable of the node, which first does something to its arguments: they begin with the input. */
    private void node(String first) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        executable("#!/bin/sh\n" + first + "\nexec " + java + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + WordCountNode.class.getName() + " \"$@\"\n");
    }

    private void executable(String text) throws IOException {
        var file = Files.writeString(folder().resolve("node"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
