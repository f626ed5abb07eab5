package dev.gyre.raft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.host.DirectoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader tells what is in the files, agrees with a node on what is damaged, and changes nothing. */
class RaftLogReaderTest {
    private static final int SEGMENT_BYTES = 2000;

    private final LogModel model = new LogModel();

    private void fill(Storage disk, int syncs, boolean isClosed) {
        var random = new SplittableRandom(7);
        var log = RaftLog.open(disk, LogModel.settings(SEGMENT_BYTES), LogModel.CODEC);
        for (int i = 0; i < syncs; i++) {
            model.change(log, random);
            model.change(log, random);
            log.sync();
        }
        log.deleteSnapshotsBut(List.of());
        if (isClosed) {
            log.close();
        }
    }

    private static byte[] bytes(Storage storage, String name) {
        try (var file = storage.open(name)) {
            var bytes = new byte[(int) file.size()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private static SortedMap<String, byte[]> files(Storage disk) {
        var files = new TreeMap<String, byte[]>();
        disk.list().forEach(name -> files.put(name, bytes(disk, name)));
        return files;
    }

    private static MemoryStorage with(SortedMap<String, byte[]> files, String prefix) {
        var storage = new MemoryStorage();
        files.forEach((name, bytes) -> {
            try (var file = storage.open(prefix + name)) {
                file.append(ByteBuffer.wrap(bytes));
            }
        });
        return storage;
    }

    private static List<Finding> findings(Storage storage, String group) {
        List<Finding> findings = new ArrayList<>();
        new RaftLogReader(storage, group).read(findings::add);
        return findings;
    }

    private static <F> List<F> only(Class<F> type, List<Finding> findings) {
        return findings.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static boolean isRefusedByANode(SortedMap<String, byte[]> files) {
        try {
            RaftLog.open(with(files, ""), LogModel.settings(SEGMENT_BYTES), LogModel.CODEC);
            return false;
        } catch (StorageException refused) {
            return true;
        }
    }

    @Test
    void logIsToldAsANodeFindsIt() {
        for (int syncs : List.of(0, 1, 10, 60, 200)) {
            var disk = new MemoryStorage();
            var fresh = new RaftLogReaderTest();
            fresh.fill(disk, syncs, true);
            var reader = new RaftLogReader(disk, "");
            var summary = new LogSummary();
            reader.read(summary);
            var expected = fresh.model.current();
            long last = expected.snapshot().last().index() + expected.entries().size();
            assertThat(summary.mark()).isEqualTo(new Mark(expected.hardState(), expected.snapshot(), last));
            assertThat(summary.problems()).isEmpty();
            assertThat(reader.refusal()).isEmpty();
            assertThat(reader.owner()).contains("test/n0");

            var lines = new EntryLines(1, Long.MAX_VALUE);
            reader.read(lines);
            for (var entry : expected.entries()) {
                assertThat(String.valueOf(lines.lines().get(entry.index())))
                        .startsWith("%10d %6d ".formatted(entry.index(), entry.term()));
            }
            assertThat(lines.lines().tailMap(last + 1)).isEmpty();
            var first = last < summary.firstIndex()
                    ? last + 1
                    : lines.lines().tailMap(summary.firstIndex()).firstKey();
            assertThat(summary.firstIndex()).isEqualTo(first);
            var terms = summary.terms();
            expected.entries()
                    .forEach(entry -> assertThat(
                                    terms.headMap(entry.index(), true).lastEntry())
                            .returns(entry.term(), term -> term.getValue()));
        }
    }

    @Test
    void readerAndNodeAgreeOnWhatIsDamagedAndTheRestIsStillTold() {
        var disk = new MemoryStorage();
        fill(disk, 40, true);
        var files = files(disk);
        int all = only(Finding.Batch.class, findings(disk, "")).size();
        int refused = 0;
        for (var name : files.keySet()) {
            var content = files.get(name);
            for (int at = 0; content != null && at < content.length; at += 3) {
                content[at] ^= (byte) (1 << (at % 8));
                var storage = with(files, "g1.");
                var findings = findings(storage, "g1");
                boolean isRefused = isRefusedByANode(files);
                var refusal = new RaftLogReader(storage, "g1").refusal();
                assertThat(refusal.isPresent()).isEqualTo(isRefused);
                refusal.ifPresent(why -> assertThat(why).startsWith("file g1." + name + ", offset "));
                if (name.startsWith("log-")) {
                    var damages = only(Finding.Damage.class, findings);
                    assertThat(damages).hasSize(isRefused ? 1 : 0);
                    damages.forEach(damage -> assertThat(refusal.orElseThrow())
                            .startsWith(
                                    "file " + damage.file() + ", offset " + damage.offset() + ": " + damage.what()));
                    assertThat(only(Finding.Torn.class, findings)).hasSize(isRefused ? 0 : 1);
                    assertThat(only(Finding.Batch.class, findings).size()).isBetween(all - 1, all);
                }
                refused += isRefused ? 1 : 0;
                content[at] ^= (byte) (1 << (at % 8));
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void spaceThatWasWrittenAheadIsNeitherTornNorDamaged() {
        var disk = new MemoryStorage();
        var log = RaftLog.open(disk, LogModel.preallocating(SEGMENT_BYTES), LogModel.CODEC);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 10; i++) {
            model.change(log, random);
            log.sync();
        }
        var last = only(Finding.Batch.class, findings(disk, "")).getLast();
        var name = files(disk).headMap("snapshot").lastKey();
        assertThat(last.offset() + Frame.HEADER_BYTES + last.payloadBytes()).isLessThan(bytes(disk, name).length);
        assertThat(only(Finding.Torn.class, findings(disk, ""))).isEmpty();
        assertThat(only(Finding.Damage.class, findings(disk, ""))).isEmpty();
    }

    @Test
    void tornEndIsToldWhereverTheFileEnds() {
        var disk = new MemoryStorage();
        fill(disk, 10, false);
        var files = files(disk);
        var name = files.headMap("snapshot").lastKey();
        var whole = bytes(disk, name);
        var last = only(Finding.Batch.class, findings(disk, "")).getLast();
        assertThat(last.offset() + Frame.HEADER_BYTES + last.payloadBytes()).isEqualTo(whole.length);
        for (int size = (int) last.offset() + 1; size < whole.length; size++) {
            files.put(name, Arrays.copyOf(whole, size));
            var findings = findings(with(files, ""), "");
            assertThat(only(Finding.Torn.class, findings)).containsExactly(new Finding.Torn(name, last.offset(), size));
            boolean hasHeader = size >= last.offset() + Frame.HEADER_BYTES;
            assertThat(only(Finding.BrokenBatch.class, findings))
                    .isEqualTo(
                            hasHeader
                                    ? List.of(new Finding.BrokenBatch(
                                            name, last.offset(), last.sequence(), last.payloadBytes()))
                                    : List.of());
            assertThat(only(Finding.Damage.class, findings)).isEmpty();
        }
    }

    @Test
    void missingSegmentIsAGap() {
        var disk = new MemoryStorage();
        fill(disk, 40, true);
        var names = disk.list().stream().filter(SegmentWalk::isSegment).toList();
        disk.delete(names.get(1));
        var gaps = only(Finding.Gap.class, findings(disk, ""));
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.file()).isEqualTo(names.get(2));
            assertThat(gap.last()).isLessThan(gap.first() - 1);
        });
    }

    @Test
    void groupsAreFoundByTheirNames() {
        var disk = new MemoryStorage();
        fill(disk, 3, true);
        var files = files(disk);
        var all = new TreeMap<String, byte[]>();
        files.forEach((name, bytes) -> {
            all.put(name, bytes);
            all.put("raft." + name, bytes);
            all.put("a.b." + name, bytes);
        });
        all.put("other.txt", new byte[0]);
        all.put("lost.snapshot-1-1-00000000", new byte[0]);
        var storage = with(all, "");
        assertThat(RaftLogReader.groups(storage)).containsExactly("", "a.b", "raft");
        assertThat(only(Finding.Segment.class, findings(storage, "a.b")))
                .allMatch(segment -> segment.file().startsWith("a.b.log-"))
                .isNotEmpty();
        assertThat(findings(storage, "")).allMatch(finding -> finding.file().startsWith("log-"));
    }

    @Test
    void filesAreReadOnly() {
        var disk = new MemoryStorage();
        fill(disk, 10, true);
        var before = files(disk);
        findings(disk, "");
        new RaftLogReader(disk, "").refusal();
        assertThat(files(disk)).usingRecursiveComparison().isEqualTo(before);

        var group = new GroupFiles(disk, "");
        var file = group.open(before.firstKey());
        assertThatThrownBy(() -> group.delete("log-1")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> group.rename("log-1", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> group.open("new")).isInstanceOf(StorageException.class);
        assertThatThrownBy(group::sync).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> file.append(ByteBuffer.allocate(1))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(file::sync).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void folderOfANodeThatRunsIsRead(@TempDir Path temp) throws Exception {
        var folder = temp.resolve("n0");
        try (var node = new DirectoryStorage(folder, Runnable::run, Runnable::run)) {
            fill(node, 40, false);
            var names = node.list();
            try (var files = new FolderFiles(folder)) {
                assertThat(files.list()).isEqualTo(names);
                var findings = findings(files, "");
                // what the node deletes meanwhile is still there for who reads it
                node.delete(names.getFirst());
                node.open("new").close();
                assertThat(new RaftLogReader(files, "").owner()).contains("test/n0");
                assertThat(bytes(files, names.getFirst())).isNotEmpty();
                assertThat(only(Finding.Batch.class, findings)).hasSizeGreaterThan(5);
            }
            try (var inFolder = Files.list(folder)) {
                assertThat(inFolder).hasSize(names.size() + 1);
            }
        }
        assertThatThrownBy(() -> new FolderFiles(temp.resolve("none")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("none cannot be read");
    }
}
