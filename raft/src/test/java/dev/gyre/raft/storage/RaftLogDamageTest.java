package dev.gyre.raft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.StorageException;
import dev.gyre.raft.core.PersistedState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files that are not as they were written: what nobody vouched for is cut off, all else refused, and nothing wrong is served. */
class RaftLogDamageTest {
    private static final int SEGMENT_BYTES = 2000;

    private final MemoryStorage disk = new MemoryStorage();
    private final LogModel model = new LogModel();
    private final List<PersistedState<String>> synced = new ArrayList<>();

    private static RaftLog<String> open(MemoryStorage storage) {
        return RaftLog.open(storage, LogModel.preallocating(SEGMENT_BYTES), LogModel.CODEC);
    }

    private static PersistedState<String> recovered(MemoryStorage storage) {
        return open(storage).recovered().outcome().orThrow();
    }

    private RaftLog<String> filled(int syncs) {
        return filled(syncs, open(disk));
    }

    /** Without space ahead: files end where the last batch does. */
    private RaftLog<String> filledTightly(int syncs) {
        return filled(syncs, RaftLog.open(disk, LogModel.settings(SEGMENT_BYTES), LogModel.CODEC));
    }

    private RaftLog<String> filled(int syncs, RaftLog<String> log) {
        var random = new SplittableRandom(7);
        for (int i = 0; i < syncs; i++) {
            model.change(log, random);
            model.change(log, random);
            log.sync();
            synced.add(model.current());
        }
        log.deleteSnapshotsBut(List.of());
        return log;
    }

    private static byte[] bytes(MemoryStorage storage, String name) {
        try (var file = storage.open(name)) {
            var bytes = new byte[(int) file.size()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private SortedMap<String, byte[]> files() {
        var files = new TreeMap<String, byte[]>();
        disk.list().forEach(name -> files.put(name, bytes(disk, name)));
        return files;
    }

    private static MemoryStorage with(SortedMap<String, byte[]> files) {
        var storage = new MemoryStorage();
        files.forEach((name, bytes) -> {
            try (var file = storage.open(name)) {
                file.append(ByteBuffer.wrap(bytes));
            }
        });
        return storage;
    }

    private static byte[] get(SortedMap<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private String lastSegment() {
        return disk.list().stream()
                .filter(name -> name.startsWith("log-"))
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    private void isRefused(MemoryStorage storage, String... words) {
        assertThatThrownBy(() -> open(storage))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.CORRUPT))
                .hasMessageContainingAll(words);
    }

    @Test
    void logThatWasClosedIsFoundAsItWas() {
        filled(60).close();
        assertThat(recovered(disk)).isEqualTo(model.current());
        assertThat(recovered(disk)).isEqualTo(model.current());
    }

    @Test
    void lastBatchIsThereWholeOrNotAtAllWhereverTheFileEnds() {
        var log = filledTightly(10);
        int from = bytes(disk, lastSegment()).length;
        model.change(log, new SplittableRandom(1));
        model.change(log, new SplittableRandom(2));
        log.sync();
        var files = files();
        var whole = get(files, lastSegment());
        assertThat(recovered(with(files))).isEqualTo(model.current());
        assertThat(whole.length).isGreaterThan(from + 100);
        for (int size = from; size < whole.length; size++) {
            files.put(lastSegment(), Arrays.copyOf(whole, size));
            assertThat(recovered(with(files))).isEqualTo(synced.getLast());
        }
    }

    @Test
    void holeOfZerosInTheLastBatchIsATornWrite() {
        var log = filledTightly(10);
        int from = bytes(disk, lastSegment()).length;
        model.change(log, new SplittableRandom(1));
        model.change(log, new SplittableRandom(2));
        log.sync();
        var files = files();
        var bytes = get(files, lastSegment());
        assertThat(bytes.length).isGreaterThan(from + 10);
        Arrays.fill(bytes, from, from + 10, (byte) 0);
        assertThat(recovered(with(files))).isEqualTo(synced.getLast());
    }

    @Test
    void flippedBitIsRefusedWithFileAndOffset() {
        var log = filled(40);
        var written = lastSegment();
        int vouched = bytes(disk, written).length;
        log.close();
        vouched = written.equals(lastSegment()) ? vouched : 0;
        int refused = 0;
        for (var name : disk.list()) {
            var sound = files();
            int size = get(sound, name).length;
            boolean isLast = name.equals(lastSegment());
            for (int at = 0; at < size; at++) {
                get(sound, name)[at] ^= (byte) (1 << (at % 8));
                var storage = with(sound);
                if (isLast && at >= vouched) {
                    assertThat(recovered(storage)).isEqualTo(model.current());
                } else {
                    isRefused(storage, "file " + name + ", offset ", "restore it from");
                    refused++;
                }
                get(sound, name)[at] ^= (byte) (1 << (at % 8));
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void refusalChangesNothing() {
        filled(40).close();
        var files = files();
        get(files, files.firstKey())[100] ^= 1;
        var storage = with(files);
        isRefused(storage, files.firstKey());
        assertThat(storage.list()).containsExactlyElementsOf(files.keySet());
        for (var name : storage.list()) {
            assertThat(bytes(storage, name)).isEqualTo(files.get(name));
        }
    }

    @Test
    void missingSegmentIsRefusedUnlessNothingInItCounts() {
        filled(40).close();
        int refused = 0;
        for (var name : disk.list()) {
            if (name.startsWith("log-") && !name.equals(lastSegment())) {
                var files = files();
                files.remove(name);
                try {
                    assertThat(recovered(with(files))).isEqualTo(model.current());
                } catch (StorageException e) {
                    assertThat(e).hasMessageContaining("offset 0: a segment before this one is missing");
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void missingSnapshotIsRefused() {
        filled(60).close();
        var name = SnapshotFiles.nameOf(model.current().snapshot());
        disk.delete(name);
        isRefused(disk, "file " + name, "the snapshot is missing");
    }

    @Test
    void logOfAnotherNodeIsRefused() {
        filled(3).close();
        var other = new RaftLogSettings("test/n1", SEGMENT_BYTES, 0, LogModel.MEMBERS);
        assertThatThrownBy(() -> RaftLog.open(disk, other, LogModel.CODEC))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("belongs to \"test/n0\" and not to \"test/n1\"");
    }

    @Test
    void unknownVersionIsRefused() {
        filled(3).close();
        var files = files();
        var bytes = ByteBuffer.wrap(get(files, lastSegment()));
        int end = SegmentHeader.of(bytes).orElseThrow().end();
        bytes.putInt(4, 9).putInt(end - 4, Frame.crc(bytes.slice(0, end - 4)));
        isRefused(with(files), lastSegment(), "version 9, and this program knows version 1 alone");
    }

    @Test
    void segmentsThatTheSnapshotCoversAreDeleted() {
        filled(400).close();
        assertThat(disk.list().stream().filter(name -> name.startsWith("log-")).count())
                .isLessThan(20);
        assertThat(disk.list()).doesNotContain(SegmentWalk.nameOf(1));
    }
}
