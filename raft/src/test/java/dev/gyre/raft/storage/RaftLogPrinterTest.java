package dev.gyre.raft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.MemoryStorage;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.core.Write;
import dev.gyre.raft.storage.RaftLogPrinter.Selection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of a log. */
class RaftLogPrinterTest {
    private static final Membership MEMBERS = Membership.of(List.of("a", "b", "c"));

    private final MemoryStorage disk = new MemoryStorage();
    private final RaftLog<String> log = RaftLog.open(disk, LogModel.settings(1 << 20), LogModel.CODEC);
    private long token;
    private boolean isSound;

    private void write(long term, String vote, long truncateFrom, List<Entry<String>> entries) {
        var state = Optional.of(new HardState(term, vote));
        log.write(new Write<>(++token, state, Optional.empty(), Optional.empty(), truncateFrom, entries));
        log.sync();
    }

    private static Entry<String> entry(long index, long term, String value) {
        return new Entry.Data<>(index, term, value, 0);
    }

    private String print(Selection selection) {
        List<String> lines = new ArrayList<>();
        isSound = new RaftLogPrinter(lines::add).print(new RaftLogReader(disk, ""), selection);
        return String.join("\n", lines);
    }

    private static Selection range(long from, long to) {
        return new Selection(OptionalLong.of(from), OptionalLong.of(to), false);
    }

    private void small() {
        write(1, "a", 0, List.of(new Entry.NoOp<>(1, 1), entry(2, 1, "x=1"), entry(3, 1, "x=2"), entry(4, 1, "x=3")));
        var change = new Membership(List.of("a", "d"), List.of("a", "b"), List.of("e"));
        write(
                3,
                "",
                4,
                List.of(new Entry.NoOp<>(4, 3), new Entry.Configuration<>(5, 3, change), entry(6, 3, "\u0000")));
        var content = "abc".getBytes(StandardCharsets.UTF_8);
        log.keep(new Snapshot(new Position(2, 1), MEMBERS, 3, SnapshotChunk.checksum(content)), content);
        log.sync();
    }

    @Test
    void summaryComesFirstAndThenTheEntriesAsTheyAreInTheEnd() {
        small();
        assertThat(print(Selection.LAST)).isEqualToIgnoringNewLines("""
                owner      test/n0
                term       3, no vote
                entries    1 to 6, terms: 1 from 1, 3 from 4
                snapshot   up to entry 2 of term 1, 3 bytes, voters a b c
                segments   1
                  log-0000000000000000001  485 bytes  batches 1 to 4  entries 1 to 6
                contents   of snapshots
                  snapshot-2-1-364b3fb7  3 bytes
                state      sound: a node can start from it

                     index   term    bytes  value
                         1      1           no-op
                         2      1        3  x=1
                         3      1        3  x=2
                         4      3           no-op
                         5      3           members: voters a d, outgoing a b, learners e
                         6      3        1  1 byte: 00
                """);
        assertThat(isSound).isTrue();
    }

    @Test
    void batchesShowWhatWasReplacedToo() {
        small();
        assertThat(print(new Selection(OptionalLong.empty(), OptionalLong.empty(), true)))
                .contains(
                        "entries 1 to 4",
                        "term 3, no vote; truncated from 4; entries 4 to 6",
                        "start: term 0, no vote, no snapshot, last entry 0",
                        "kept snapshot 2@1");
        assertThat(print(new Selection(OptionalLong.of(2), OptionalLong.of(2), true)))
                .contains("term 1, vote for a; entries 1 to 4")
                .doesNotContain("truncated", "kept snapshot");
    }

    @Test
    void rangeIsShownAndNoMoreThanTheBound() {
        List<Entry<String>> entries = new ArrayList<>();
        for (int i = 1; i <= 2500; i++) {
            entries.add(entry(i, 1, "v" + i));
        }
        write(1, "", 0, entries);
        assertThat(print(Selection.LAST)).contains("v2481", "v2500").doesNotContain("v2480");
        assertThat(print(range(7, 9))).contains("v7", "v8", "v9").doesNotContain("v6", "v10");
        assertThat(print(range(7, 2500)))
                .contains("v7", "v1006", "… and 1494 more: ask for them with --from 1007")
                .doesNotContain("v1007");
        assertThat(print(new Selection(OptionalLong.empty(), OptionalLong.of(30), false)))
                .contains("v11", "v30")
                .doesNotContain("v10", "v31");
        assertThat(print(range(2501, 9000))).endsWith("No entries in that range.");
    }

    @Test
    void damageIsToldAndTheRestShown() {
        small();
        write(3, "", 0, List.of(entry(7, 3, "x=7")));
        write(3, "", 0, List.of(entry(8, 3, "x=8")));
        flip("x=7");
        assertThat(print(Selection.LAST))
                .contains(
                        "segments   1\n  log-0000000000000000001  615 bytes  batches 1 to 6  entries 1 to 8  DAMAGED",
                        "state      DAMAGED: a node refuses it\n"
                                + "  file log-0000000000000000001, offset 485: batch 5 is damaged, and later ones follow",
                        "batch 5 has a sound header, and its payload of 41 bytes is incomplete or has a wrong checksum",
                        "         6      3        1  1 byte: 00",
                        "… 1 from 7 on are not there\n         8      3        3  x=8");
        assertThat(isSound).isFalse();
    }

    @Test
    void tornEndMayBeAWriteUnderWay() {
        small();
        write(3, "", 0, List.of(entry(7, 3, "x=7")));
        flip("x=7");
        assertThat(print(Selection.LAST))
                .contains(
                        "torn       file log-0000000000000000001, offset 485: the last 65 bytes are not whole. If the node"
                                + " runs, it may be writing them now",
                        "torn at the end",
                        "sound: a node can start");
        assertThat(isSound).isTrue();
    }

    @Test
    void missingSnapshotIsTold() {
        small();
        disk.delete("snapshot-2-1-364b3fb7");
        assertThat(print(Selection.LAST)).contains("file snapshot-2-1-364b3fb7, offset 0: the snapshot is missing");
        assertThat(isSound).isFalse();
    }

    private void flip(String text) {
        try (var file = disk.open("log-0000000000000000001")) {
            var bytes = new byte[(int) file.size()];
            file.read(0, ByteBuffer.wrap(bytes));
            int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
            bytes[at] ^= 1;
            file.write(0, ByteBuffer.wrap(bytes));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7b2261223a317d | {"a":1}
            c3bc20e282ac   | ü €
            00             | 1 byte: 00
            610a62         | 3 bytes: 610a62
            ff             | 1 byte: ff
            c3             | 1 byte: c3
            61e280ae62     | 5 bytes: 61e280ae62
            000102030405060708090a0b0c0d0e0f | 16 bytes: 000102030405060708090a0b0c0d0e0f
            000102030405060708090a0b0c0d0e0f10 | 17 bytes: 000102030405060708090a0b0c0d0e0f…
            """)
    void valueIsTextIfItCanBePrinted(String hex, String shown) {
        assertThat(ValueText.of(HexFormat.of().parseHex(hex))).isEqualTo(shown);
    }

    @Test
    void longTextIsCut() {
        var text = new byte[81];
        Arrays.fill(text, (byte) 'a');
        assertThat(ValueText.of(text)).isEqualTo("a".repeat(80) + "…");
        assertThat(ValueText.of(Arrays.copyOf(text, 80))).isEqualTo("a".repeat(80));
        assertThat(ValueText.of(new byte[0])).isEqualTo("(empty)");
    }
}
