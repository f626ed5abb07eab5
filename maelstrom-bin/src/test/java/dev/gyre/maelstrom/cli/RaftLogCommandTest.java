package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Storage;
import dev.gyre.core.host.DirectoryStorage;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Write;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.raft.storage.RaftLog;
import dev.gyre.raft.storage.RaftLogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code raft-log}: logs of nodes that run, of several groups, and damaged ones. */
class RaftLogCommandTest extends CommandLineTest {
    private static final String SEGMENT = "log-0000000000000000001";

    private static final EntryCodec<String> CODEC = new EntryCodec<>() {
        @Override
        public int maxBytes() {
            return 100;
        }

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    private DirectoryStorage node() {
        return new DirectoryStorage(folder().resolve("n1"), Runnable::run, Runnable::run);
    }

    private Path file(String name) {
        return folder().resolve("n1").resolve(name);
    }

    private static void write(Storage disk) {
        var members = Membership.of(List.of("n1"));
        var log = RaftLog.open(disk, RaftLogSettings.of("cluster/n1", members), CODEC);
        List<Entry<String>> entries = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            entries.add(new Entry.Data<>(i, 2, "value" + i, 7));
            log.write(new Write<>(
                    i,
                    Optional.of(new HardState(2, "n1")),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    List.copyOf(entries)));
            log.sync();
            entries.clear();
        }
    }

    private void closed() {
        try (var disk = node()) {
            write(disk);
        }
    }

    @Test
    void logOfANodeThatRunsIsShown() {
        try (var disk = node()) {
            write(disk);
            assertThat(command("raft-log FOLDER/n1")).as(err()).isZero();
        }
        assertThat(out())
                .startsWith(
                        "Raft log of group \"\" (no name) in " + folder().resolve("n1") + "\nowner      cluster/n1\n")
                .contains("2, vote for n1", "entries    1 to 40", "state      sound", "value21", "value40")
                .doesNotContain("value20");
        assertThat(err()).isEmpty();
    }

    @Test
    void rangeAndBatchesAreShown() {
        closed();
        assertThat(command("raft-log FOLDER/n1 --from 3 --to 4 --batches")).isZero();
        assertThat(out()).contains("value3", "value4", "; entry 3", "; entry 4").doesNotContain("value5", "entry 5");
    }

    @Test
    void damagedLogIsShownAndTheCodeSaysSo() throws Exception {
        closed();
        var bytes = Files.readAllBytes(file(SEGMENT));
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("value9")] ^= 1;
        Files.write(file(SEGMENT), bytes);
        assertThat(command("raft-log FOLDER/n1 --from 1")).isOne();
        assertThat(out())
                .contains("DAMAGED: a node refuses it", "file " + SEGMENT + ", offset ", "value8", "value10")
                .doesNotContain("value9\n");
        assertThat(Files.readAllBytes(file(SEGMENT))).isEqualTo(bytes);
    }

    @Test
    void groupIsChosenByItsNameOrBecauseItIsTheOnlyOne() throws Exception {
        closed();
        Files.move(file(SEGMENT), file("orders." + SEGMENT));
        assertThat(command("raft-log FOLDER/n1")).isZero();
        assertThat(out()).startsWith("Raft log of group orders in ").contains("  orders." + SEGMENT);

        Files.copy(file("orders." + SEGMENT), file("users." + SEGMENT));
        assertThat(command("raft-log FOLDER/n1")).isEqualTo(254);
        assertThat(err())
                .contains("has several groups: orders, users; choose one with --group")
                .hasLineCount(1);
        assertThat(command("raft-log FOLDER/n1 --group users")).isZero();
        assertThat(out()).contains("users." + SEGMENT, "; groups there: orders, users");

        Files.copy(file("orders." + SEGMENT), file("raft." + SEGMENT));
        assertThat(command("raft-log FOLDER/n1")).isZero();
        assertThat(out()).startsWith("Raft log of group raft in ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            raft-log                                 | Missing required parameter: 'FOLDER'
            raft-log FOLDER/n2                       | n2: there is no such folder; name that of a node
            raft-log FOLDER                          | has no log of Raft in it; there are some in
            raft-log FOLDER/empty                    | has no log of Raft in it; name the folder of a node
            raft-log FOLDER/n1 --group raft          | there is no group "raft" in
            raft-log FOLDER/n1 --from 5 --to 4       | --from 5 is behind --to 4: swap them
            raft-log FOLDER/n1 --from 0              | --from 0: entries are numbered from 1
            raft-log FOLDER/n1 --to x                | 'x' is not a long
            raft-log FOLDER/n1 --form 5              | Did you mean --from
            """)
    void whatCannotBeIsToldInOneLine(String words, String said) throws Exception {
        closed();
        Files.createDirectories(folder().resolve("empty"));
        assertThat(command(words)).isEqualTo(254);
        assertThat(err()).contains(said).hasLineCount(1);
        assertThat(out()).isEmpty();
    }
}
