package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static final int SECTOR = SimulatedFile.SECTOR_BYTES;

    private final Timeline timeline = new Timeline();
    private final List<String> told = new ArrayList<>();

    private SimulatedDisk disk(long seed) {
        return new SimulatedDisk("n1", timeline, new RandomStreams(seed).fork("disk"), told::add);
    }

    private static Storage mount(SimulatedDisk disk) {
        return disk.mount(Runnable::run);
    }

    private void passTime() {
        timeline.advanceTo(timeline.nowNanos() + 1_000_000_000L);
    }

    private static ByteBuffer filled(int size, int value) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] contents(StorageFile file) {
        var buffer = ByteBuffer.allocate((int) file.size());
        file.read(0, buffer);
        return buffer.array();
    }

    @Test
    void syncedContentsSurviveEveryCrash() {
        for (int seed = 0; seed < 200; seed++) {
            var disk = disk(seed);
            var storage = mount(disk);
            storage.open("f").append(filled(3 * SECTOR, 1));
            storage.open("f").sync();
            storage.sync();
            passTime();
            storage.open("f").append(filled(10, 2));
            disk.crash();
            assertThat(contents(mount(disk).open("f")))
                    .startsWith(filled(3 * SECTOR, 1).array());
        }
    }

    @Test
    void unsyncedWriteIsKeptOrDroppedOrTornAtSectors() {
        var outcomes = new TreeMap<String, Integer>();
        for (int seed = 0; seed < 300; seed++) {
            var disk = disk(seed);
            var storage = mount(disk);
            storage.open("f");
            storage.sync();
            passTime();
            storage.open("f").append(filled(3 * SECTOR, 1));
            disk.crash();
            var kept = new StringBuilder();
            var bytes = contents(mount(disk).open("f"));
            for (int at = 0; at < bytes.length; at += SECTOR) {
                var sector = Arrays.copyOfRange(bytes, at, at + SECTOR);
                assertThat(sector).containsOnly(sector[0]);
                kept.append(sector[0]);
            }
            outcomes.merge(kept.toString(), 1, Integer::sum);
        }
        assertThat(outcomes.keySet()).contains("", "111", "1", "01", "11", "001", "101", "011");
        assertThat(outcomes.get("")).isGreaterThan(50);
        assertThat(outcomes.get("111")).isGreaterThan(50);
    }

    @Test
    void namesAreLostFromTheLastChangeBack() {
        var outcomes = new TreeSet<String>();
        for (int seed = 0; seed < 200; seed++) {
            var disk = disk(seed);
            var storage = mount(disk);
            storage.open("old");
            storage.sync();
            passTime();
            storage.open("new");
            storage.rename("new", "old");
            storage.open("more");
            storage.delete("old");
            disk.crash();
            outcomes.add(String.join(" ", mount(disk).list()));
        }
        assertThat(outcomes).containsExactlyInAnyOrder("old", "new old", "more old", "more");
    }

    @Test
    void lateSyncCoversWhatWasWrittenBeforeItBeganAndNoMore() {
        for (int seed = 0; seed < 50; seed++) {
            var disk = disk(seed);
            var storage = mount(disk);
            var file = storage.open("f");
            storage.sync();
            file.append(filled(4, 1));
            file.sync();
            file.append(filled(4, 2));
            passTime();
            disk.crash();
            var bytes = contents(mount(disk).open("f"));
            assertThat(bytes).startsWith(1, 1, 1, 1);
            told.add(bytes.length == 4 ? "dropped" : "kept");
        }
        assertThat(told).contains("dropped", "kept");
    }

    @Test
    void laterSyncDoesNotBringBackWhatAFailedOneLost() {
        int lost = 0;
        for (int seed = 0; seed < 100; seed++) {
            var disk = disk(seed);
            var storage = mount(disk);
            var file = storage.open("f");
            storage.sync();
            passTime();
            file.append(filled(4, 1));
            disk.fail(true);
            var failed = file.sync();
            passTime();
            assertThat(failed.outcome()).isInstanceOf(Outcome.Unknown.class);
            disk.fail(false);
            var later = file.sync();
            passTime();
            assertThat(later.outcome()).isInstanceOf(Outcome.Ok.class);
            disk.crash();
            lost += mount(disk).open("f").size() == 0 ? 1 : 0;
        }
        assertThat(lost).isBetween(20, 80);
    }

    @Test
    void fullDiskTakesAPartAndSaysWhere() {
        var disk = disk(1);
        var file = mount(disk).open("f");
        file.append(filled(10, 1));
        disk.fill(true);
        file.write(0, filled(10, 2));
        assertThatThrownBy(() -> file.append(filled(1000, 3)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.FULL))
                .hasMessageMatching("the disk of n1 is full: file f, offset \\d+");
        assertThatThrownBy(() -> mount(disk).open("g")).isInstanceOf(StorageException.class);
        assertThat(file.size()).isBetween(10L, 1009L);
    }

    @Test
    void slowDiskSyncsLate() {
        var disk = disk(1);
        disk.slow(1e9);
        var sync = mount(disk).open("f").sync();
        passTime();
        assertThat(sync.isDone()).isFalse();
    }

    @Test
    void diskThatIsMendedEndsItsSyncsSoon() {
        var disk = disk(1);
        disk.slow(1e9);
        var sync = mount(disk).open("f").sync();
        passTime();
        disk.slow(1);
        passTime();
        assertThat(sync.isDone()).isTrue();
    }

    @Test
    void crashEndsAllSyncsUnderWay() {
        var disk = disk(1);
        var sync = mount(disk).sync();
        disk.crash();
        passTime();
        assertThat(sync.isDone()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void flippedBitChangesOneByteForReadersToo() {
        var disk = disk(1);
        var storage = mount(disk);
        var file = storage.open("f");
        file.append(filled(1000, 0));
        file.sync();
        storage.sync();
        passTime();
        disk.corrupt(0.5);
        var bytes = contents(file);
        assertThat(bytes[500]).isNotZero();
        assertThat(told).endsWith("a bit of f flips");
        disk.crash();
        assertThat(contents(mount(disk).open("f"))).isEqualTo(bytes);
    }
}
