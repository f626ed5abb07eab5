package dev.gyre.stream.snapshot;

import static dev.gyre.stream.snapshot.SnapshotStoreTest.content;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.error;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySnapshotsTest {
    @TempDir
    Path parent;

    private final SnapshotStoreTest.Loop loop = new SnapshotStoreTest.Loop();

    private Path folder() {
        return parent.resolve("snapshots");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A disk with room for so many bytes. */
    private static final class Quota extends SnapshotFiles {
        private int left;

        Quota(int bytes) {
            this.left = bytes;
        }

        @Override
        int write(FileChannel channel, ByteBuffer bytes) throws IOException {
            if (left == 0) {
                throw new IOException("No space left on device");
            }
            var part = bytes.slice(bytes.position(), Math.min(left, bytes.remaining()));
            int written = super.write(channel, part);
            bytes.position(bytes.position() + written);
            left -= written;
            return written;
        }
    }

    /** A process that ends before the file has its name: nothing is cleaned up. */
    private static final class Crash extends SnapshotFiles {
        @Override
        void move(Path from, Path to) {
            throw new IllegalStateException("the process ends");
        }
    }

    /** A disk that fails when names are forced. */
    private static final class LostNames extends SnapshotFiles {
        @Override
        void forceFolder(Path folder) throws IOException {
            throw new IOException("Input/output error");
        }
    }

    @Test
    void fullDiskIsSaidWithTheFileAndNothingIsLeft() throws IOException {
        for (int room = 0; room < 1024; room += 100) {
            try (var full = new DirectorySnapshots(folder(), new Quota(room))) {
                var outcome = loop.await(full.store(loop).put("a", content(random(1000))));
                assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                assertThat(error(outcome).code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
                assertThat(error(outcome).text())
                        .startsWith(folder().resolve("a") + " cannot be written: No space left on device. Make room");
                assertThat(files()).isEmpty();
            }
        }
    }

    @Test
    void crashBeforeTheNameLeavesNothingThatIsSeenAndIsClearedAway() throws IOException {
        try (var crashing = new DirectorySnapshots(folder(), new Crash())) {
            var outcome = loop.await(crashing.store(loop).put("a", content(random(1000))));
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(loop.await(crashing.store(loop).list()).orThrow()).isEmpty();
            assertThat(files()).containsExactly(".putting-a");
        }
        try (var next = new DirectorySnapshots(folder())) {
            assertThat(files()).isEmpty();
            loop.await(next.store(loop).put("a", content(random(10)))).orThrow();
        }
    }

    @Test
    void failureAfterTheNameIsUnknown() {
        try (var failing = new DirectorySnapshots(folder(), new LostNames())) {
            var outcome = loop.await(failing.store(loop).put("a", content(random(10))));
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(error(outcome).text()).contains("may be stored or not");
            var deleted = loop.await(failing.store(loop).delete("a"));
            assertThat(deleted).isInstanceOf(Outcome.Unknown.class);
            assertThat(error(deleted).text()).contains("may be there again");
        }
    }

    @Test
    void filesAndFolderAreTheirOwnersAlone() throws IOException {
        try (var directory = new DirectorySnapshots(folder())) {
            loop.await(directory.store(loop).put("a", content(random(10)))).orThrow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("a"))))
                .isEqualTo("rw-------");
    }

    @Test
    void eachFlippedBitAndEachMissingByteIsRefused() throws IOException {
        var file = folder().resolve("a");
        try (var directory = new DirectorySnapshots(folder())) {
            loop.await(directory.store(loop).put("a", content(random(300)))).orThrow();
            loop.await(directory.store(loop).put("b", content(random(3)))).orThrow();
            var whole = Files.readAllBytes(file);
            for (int bit = 0; bit < whole.length * 8; bit++) {
                var damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                checkRefused(directory, file, damaged);
            }
            for (int length = 0; length < whole.length; length++) {
                checkRefused(directory, file, Arrays.copyOf(whole, length));
            }
            checkRefused(directory, file, Arrays.copyOf(whole, whole.length + 1));
        }
    }

    private void checkRefused(DirectorySnapshots directory, Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        var store = directory.store(loop);
        loop.await(store.get("b")).orThrow(); // so that nothing of the object is remembered
        var error = error(loop.await(store.get("a")));
        assertThat(error.code()).isEqualTo(SnapshotStore.DAMAGED);
        assertThat(error.text()).startsWith(file + " is damaged at offset ");
    }

    @Test
    void noThreadIsLeftBehindAndWhatComesLaterFails() {
        var directory = new DirectorySnapshots(folder());
        var store = directory.store(loop);
        var promise = store.put("a", content(random(10)));
        directory.close();
        assertThat(loop.await(promise)).isInstanceOf(Outcome.Ok.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("gyre-snapshots"));
        assertThat(error(loop.await(store.get("a"))).text()).isEqualTo(folder() + " is closed");
    }

    @Test
    void placeThatIsNoFolderIsNamed() throws IOException {
        Files.writeString(folder(), "a file");
        assertThatThrownBy(() -> new DirectorySnapshots(folder()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(folder() + " cannot be used as a directory of snapshots");
    }
}
