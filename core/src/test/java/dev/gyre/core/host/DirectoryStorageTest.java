package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest {
    @TempDir
    Path folder;

    private DirectoryStorage open() {
        return new DirectoryStorage(folder.resolve("n1"), Runnable::run, Runnable::run);
    }

    @Test
    void folderBelongsToOneAtATimeAndCanBeTakenWhenItIsGivenBack() {
        try (var first = open()) {
            assertThat(first.list()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StorageException.class)
                    .hasMessage(folder.resolve("n1") + " is in use by another node: end it, or name another folder");
        }
        open().close();
    }

    @Test
    void placeThatIsNoFolderIsNamed() throws IOException {
        Files.writeString(folder.resolve("n1"), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(folder.resolve("n1") + " cannot be used as a node's folder");
    }

    @Test
    void filesAreTheirOwnersAlone() throws IOException {
        try (var storage = open()) {
            storage.open("log").append(ByteBuffer.allocate(1));
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("n1").resolve("log"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsTrustedOnceASyncHasFailed() {
        try (var storage = open()) {
            var file = storage.open("log");
            var failed = storage.sync(folder, () -> {
                throw new IOException("Input/output error");
            });
            assertThat(failed.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Unknown.class,
                            outcome -> assertThat(outcome.toString())
                                    .contains("could not be synced")
                                    .contains("Input/output error"));
            assertThat(file.sync().outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Unknown.class,
                            outcome -> assertThat(outcome.toString()).contains("an earlier sync failed"));
        }
    }

    @Test
    void fullDiskIsToldFromOtherFailures() {
        assertThat(DirectoryStorage.failure(folder, "cannot be written", new IOException("No space left on device"))
                        .kind())
                .isEqualTo(StorageException.Kind.FULL);
        assertThat(DirectoryStorage.failure(folder, "cannot be written", new IOException("Input/output error"))
                        .kind())
                .isEqualTo(StorageException.Kind.FAILED);
    }
}
