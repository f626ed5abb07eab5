package dev.gyre.maelstrom.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("messages.jsonl");
    }

    @Test
    void entriesComeBackAsTheyWereWritten() throws IOException {
        var written = List.of(
                new Sent(0, 1, "c1", "n0", body("read")),
                new Received(1_500_000, 1, "c1", "n0", body("line\nfeed, \"quotes\", ünïcode 😀")),
                new Dropped(Long.MAX_VALUE, 2, "n0", "n1", body("read"), "partition"));
        write(written);
        assertThat(read()).isEqualTo(written);
    }

    @Test
    void halfOfASurrogatePairSurvives() throws IOException {
        var written = List.of(new Sent(0, 1, "c1", "n0", body("\uD83D lonely \uDE00")));
        write(written);
        assertThat(read()).isEqualTo(written);
    }

    @Test
    void eachEntryIsOneLineOfAscii() throws IOException {
        write(List.of(new Sent(0, 1, "c1", "n0", body("a\nb")), new Sent(0, 2, "c1", "n0", body("é"))));
        assertThat(Files.readString(file, UTF_8).lines()).hasSize(2).allMatch(line -> line.matches("\\p{ASCII}+"));
    }

    @Test
    void emptyJournalHasNoEntries() throws IOException {
        write(List.of());
        assertThat(read()).isEmpty();
    }

    @Test
    void lineThatAKilledRunLeftUnfinishedIsLeftOutAndSaid() throws IOException {
        write(List.of(new Sent(0, 1, "c1", "n0", body("a")), new Sent(1, 2, "c1", "n0", body("b"))));
        String whole = Files.readString(file, UTF_8);
        Files.writeString(file, whole.substring(0, whole.length() - 9), UTF_8);
        try (JournalReader reader = JournalReader.open(file)) {
            assertThat(reader.next()).map(JournalEntry::messageId).contains(1L);
            assertThat(reader.truncated()).isFalse();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.truncated()).isTrue();
        }
    }

    @Test
    void badLineIsNamedWithWhatIsWrong() throws IOException {
        write(List.of(new Sent(0, 1, "c1", "n0", body("a"))));
        String good = Files.readString(file, UTF_8);
        for (String bad : List.of(
                "nonsense",
                "",
                "3",
                "[]",
                good.strip().replace("sent", "lost"),
                good.strip().replace("\"at_nanos\":0", "\"at_nanos\":-1"),
                good.strip().replace("\"at_nanos\":0", "\"at_nanos\":99999999999999999999"),
                good.strip().replace("\"c1\"", "1"),
                good.strip().replace("sent", "dropped"))) {
            Files.writeString(file, good + bad + "\n", UTF_8);
            assertThatThrownBy(this::read)
                    .as(bad)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("messages.jsonl, line 2 is not a journal entry: ");
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        write(List.of());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private void write(List<? extends JournalEntry> entries) throws IOException {
        try (JournalWriter writer = JournalWriter.create(file)) {
            for (JournalEntry entry : entries) {
                writer.append(entry);
            }
        }
    }

    private List<JournalEntry> read() throws IOException {
        var entries = new ArrayList<JournalEntry>();
        try (JournalReader reader = JournalReader.open(file)) {
            for (Optional<JournalEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get());
            }
        }
        return entries;
    }

    private static JsonNode body(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("msg_id", 1);
    }
}
