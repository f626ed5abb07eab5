package dev.gyre.maelstrom.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.StorageException;
import dev.gyre.core.host.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of whole nodes whose disks are damaged, full, or fail: the others go on, and nothing that was acknowledged is lost. */
class RaftDiskTest {
    private static final int WRITES = 20;
    /** Within so many more, a disk that is broken has shown it. */
    private static final int WRITES_MAX = 5000;

    @TempDir
    private Path folder = Path.of("");

    private LocalStore store() {
        var store = new LocalStore(folder, 3);
        store.startAll();
        for (int i = 0; i < WRITES; i++) {
            store.put("n" + i % 3, "k" + i, "v" + i);
        }
        return store;
    }

    private List<Path> segments(String node) throws IOException {
        try (var files = Files.list(folder.resolve(node))) {
            return files.filter(file -> file.getFileName().toString().startsWith("raft.log-"))
                    .sorted()
                    .toList();
        }
    }

    /** Where nothing but zeros follows. */
    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void isRefused(LocalStore store, String node, String... words) {
        assertThatThrownBy(() -> store.start(node))
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("Nothing was changed");
        store.put("n0", "later", "served by the others");
        store.hasAll("n0");
    }

    private static NodeFailure failure(LocalStore store) throws InterruptedException {
        return store.host().awaitFailure(Duration.ofMinutes(1)).orElseThrow();
    }

    @Test
    void tornTailIsCutOffAndNothingIsLost() throws IOException {
        try (var store = store()) {
            store.host().kill("n1");
            var file = segments("n1").getLast();
            var bytes = Files.readAllBytes(file);
            int end = end(bytes);
            // the beginning of one more batch, and then what was in the sectors before
            System.arraycopy(bytes, end - 40, bytes, end + 5, Math.min(40, bytes.length - end - 5));
            Files.write(file, bytes);
            store.start("n1");

            store.put("n1", "after", "the torn write");
            store.hasAll("n1");
        }
    }

    @Test
    void flippedBitIsRefusedWithFileAndOffsetAndTheOthersServe() throws IOException {
        try (var store = store()) {
            store.host().kill("n1");
            var file = segments("n1").getFirst();
            var bytes = Files.readAllBytes(file);
            bytes[end(bytes) / 2] ^= 4;
            Files.write(file, bytes);

            isRefused(
                    store, "n1", "file " + file + ", offset ", "is damaged, and later ones follow", "remove the node");
            assertThat(file).hasBinaryContent(bytes);
        }
    }

    @Test
    void missingSegmentIsRefusedWithItsFileAndTheOthersServe() throws IOException {
        try (var store = store()) {
            var large = "x".repeat(1 << 19);
            for (int i = 0; segments("n1").size() < 2; i++) {
                store.put("n1", "large", large + i);
            }
            store.host().kill("n1");
            var files = segments("n1");
            Files.delete(files.getFirst());

            isRefused(store, "n1", "file " + files.get(1) + ", offset 0", "a segment before this one is missing");
        }
    }

    @Test
    void folderOfAnotherNodeIsRefusedAndBothAreNamed() throws IOException {
        try (var store = store()) {
            store.host().kill("n1");
            store.host().kill("n2");
            var theirs = segments("n2").getFirst();
            var ours = segments("n1").getFirst();
            Files.copy(theirs, ours, StandardCopyOption.REPLACE_EXISTING);
            store.start("n2");

            isRefused(store, "n1", "file " + ours, "belongs to \"raft/n2\" and not to \"raft/n1\"");
        }
    }

    @Test
    void fullDiskEndsTheNodeWithFileAndOffsetAndItGoesOnWhenThereIsRoom() throws Exception {
        try (var store = store()) {
            store.disk("n1").roomBytes.set(10_000);
            var large = "x".repeat(10_000);
            for (int i = 0; store.host().isRunning("n1") && i < WRITES_MAX; i++) {
                store.tryPut("n" + i % 3, "large" + i, large + i);
            }

            assertThat(failure(store)).satisfies(ended -> {
                assertThat(ended.nodeId()).isEqualTo("n1");
                assertThat(ended.cause())
                        .hasMessageContainingAll(folder.resolve("n1/raft.log-").toString(), "offset", "No space left");
            });
            store.put("n0", "meanwhile", "served by the others");
            store.disk("n1").roomBytes.set(Long.MAX_VALUE);
            store.start("n1");
            store.hasAll("n1");
            store.hasAll("n2");
        }
    }

    @Test
    void failedSyncEndsTheNodeAndIsNotTriedAgain() throws Exception {
        try (var store = store()) {
            var disk = store.disk("n1");
            int failing = disk.syncs.get() + 5;
            disk.failingSync.set(failing);
            for (int i = 0; store.host().isRunning("n1") && i < WRITES_MAX; i++) {
                store.tryPut("n" + i % 3, "again" + i, "v" + i);
            }

            assertThat(failure(store).cause())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContainingAll(
                            "a sync of the log failed",
                            folder.resolve("n1/raft.log-").toString(),
                            "offset",
                            "start the node anew");
            assertThat(disk.syncs).hasValue(failing);
            disk.failingSync.set(Integer.MAX_VALUE);
            store.start("n1");
            store.hasAll("n1");
        }
    }

    @Test
    void folderThatGoesAwayEndsTheNodeAtTheNextFileAndTheOthersServe() throws Exception {
        try (var store = new LocalStore(folder, 3, "--snapshot-kib", "64")) {
            store.startAll();
            store.put("n0", "k", "v");
            Files.move(folder.resolve("n1"), folder.resolve("elsewhere"));
            var large = "x".repeat(10_000);
            for (int i = 0; store.host().isRunning("n1") && i < WRITES_MAX; i++) {
                store.tryPut("n" + i % 3, "large" + i, large + i);
            }

            assertThat(failure(store).cause())
                    .hasMessageContaining(folder.resolve("n1").toString());
            store.put("n0", "meanwhile", "served by the others");
            Files.move(folder.resolve("elsewhere"), folder.resolve("n1"));
            store.start("n1");
            store.hasAll("n1");
        }
    }

    @Test
    void secondNodeOnAFolderIsRefused() throws IOException {
        try (var store = store();
                var second = new LocalStore(folder, 3)) {
            assertThatThrownBy(() -> second.start("n1"))
                    .cause()
                    .isInstanceOf(StorageException.class)
                    .hasMessageContainingAll(folder.resolve("n1").toString(), "in use by another node");
            store.hasAll("n1");
        }
    }
}
