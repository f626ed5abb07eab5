package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.StorageException;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.testing.SinkKit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionalFilesTest {
    @TempDir
    private Path folder;

    private final Disk disk = new Disk();

    private Sink<Object> sink() {
        return TextFiles.transactional(folder, "part", disk);
    }

    private List<String> names() throws IOException {
        return disk.list(folder);
    }

    /** The parts in the order of their names, one after the other. */
    static List<String> output(Path folder) throws IOException {
        var all = new ArrayList<String>();
        for (var name : new Disk().list(folder)) {
            if (name.startsWith("part")) {
                all.addAll(Files.readAllLines(folder.resolve(name)));
            }
        }
        return all;
    }

    @Test
    void partsAppearWhenTheirSnapshotIsCommitted() throws IOException {
        var kit = SinkKit.of(sink(), 2);
        kit.write(1, "b");
        kit.write(0, "a");
        kit.flush();
        assertThat(output(folder)).isEmpty();
        kit.prepare();
        assertThat(names()).containsExactly(".part-1-0-1.prepared", ".part-1-1-1.prepared");
        kit.commit();
        kit.tell();
        assertThat(names()).containsExactly("part-000000000001-00000", "part-000000000001-00001");
        kit.write(0, "c");
        kit.snapshot();
        assertThat(output(folder)).containsExactly("a", "b", "c");
    }

    @Test
    void snapshotWithoutRecordsMakesNoFile() throws IOException {
        var kit = SinkKit.of(sink());
        kit.snapshot();
        assertThat(names()).isEmpty();
    }

    @Test
    void commitMayBeToldAgain() throws IOException {
        var kit = SinkKit.of(sink());
        kit.write("a");
        kit.snapshot();
        kit.tell();
        assertThat(output(folder)).containsExactly("a");
    }

    @Test
    void snapshotThatWasGivenUpIsShownWithTheNext() throws IOException {
        var kit = SinkKit.of(sink());
        kit.write("a");
        kit.prepare();
        kit.write("b");
        kit.prepare();
        kit.commit();
        kit.crash();
        assertThat(output(folder)).containsExactly("a", "b");
    }

    @Test
    void partThatWasTakenAwayIsNotMissed() throws IOException {
        var kit = SinkKit.of(sink());
        kit.write("a");
        kit.snapshot();
        Files.delete(folder.resolve("part-000000000001-00000"));
        kit.crash();
        assertThat(names()).isEmpty();
    }

    @Test
    void leftoversOfOlderGenerationsAreDeletedAndNothingElse() throws IOException {
        for (var name : List.of(
                ".part-0-0.writing",
                ".part-0-7-3.prepared",
                ".part-9-0.writing",
                ".part-9-0-3.prepared",
                ".other-0-0.writing",
                "part-000000000000-00000",
                "readme")) {
            Files.writeString(folder.resolve(name), "");
        }
        var kit = SinkKit.of(sink());
        assertThat(names()).doesNotContain(".part-0-0.writing").contains(".part-0-7-3.prepared");
        kit.snapshot();
        assertThat(names())
                .containsExactly(
                        ".other-0-0.writing",
                        ".part-9-0-3.prepared",
                        ".part-9-0.writing",
                        "part-000000000000-00000",
                        "readme");
    }

    @Test
    void writerThatOpensFirstLeavesAnotherOnesWork() throws IOException {
        var kit = SinkKit.of(sink(), 3);
        for (int worker = 0; worker < 3; worker++) {
            kit.write(worker, "w" + worker);
        }
        kit.prepare();
        kit.commit();
        kit.crash(2);
        assertThat(output(folder)).containsExactly("w0", "w1", "w2");
    }

    @Test
    void closedWriterLeavesNoFile() throws IOException {
        var kit = SinkKit.of(sink());
        kit.write("x".repeat(100_000));
        assertThat(names()).containsExactly(".part-1-0.writing");
        kit.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void partOfAnotherRunIsNotOverwritten() throws IOException {
        var part = folder.resolve("part-000000000001-00000");
        Files.writeString(part, "old\n");
        var kit = SinkKit.of(sink());
        kit.write("new");
        assertThatThrownBy(kit::snapshot)
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        part + " cannot be made of .part-1-0-1.prepared: it is there already, from another run: empty"
                                + " the folder, or use another one");
        assertThat(part).hasContent("old");
    }

    @Test
    void missingFolderIsNamed() {
        var none = folder.resolve("none");
        assertThatThrownBy(() -> SinkKit.of(TextFiles.transactional(none)))
                .hasMessage(none + " cannot be listed: it is not there: create it, or correct the path");
        var kit = SinkKit.of(TextFiles.writer(none));
        kit.write("a");
        assertThatThrownBy(kit::flush)
                .hasMessageContaining("none/lines-000001-00000 cannot be written: it is not there");
    }

    @Test
    void folderWithoutPermissionIsNamed() {
        var denying = new Disk() {
            @Override
            FileChannel create(Path file) throws IOException {
                throw new AccessDeniedException(file.toString());
            }
        };
        var kit = SinkKit.of(TextFiles.transactional(folder, "part", denying));
        kit.write("a");
        assertThatThrownBy(kit::prepare)
                .hasMessage(folder.resolve(".part-1-0.writing")
                        + " cannot be written: permission is denied: give it to the user that the job runs as");
    }

    @Test
    void fullDiskIsNamedAndDoesNotHarmWhatIsCommitted() throws IOException {
        var full = new Disk() {
            private int left = 200_000;

            @Override
            void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                left -= bytes.remaining();
                if (left < 0) {
                    throw new IOException("No space left on device");
                }
                super.write(channel, bytes);
            }
        };
        var kit = SinkKit.of(TextFiles.transactional(folder, "part", full));
        kit.write("a");
        kit.snapshot();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        kit.write("x".repeat(10_000));
                    }
                })
                .hasMessage(folder.resolve(".part-1-0.writing")
                        + " cannot be written: the disk is full: make room, and let the job recover")
                .extracting(e -> ((StorageException) e).kind())
                .isEqualTo(StorageException.Kind.FULL);
        kit.crash();
        assertThat(output(folder)).containsExactly("a");
        assertThat(names()).hasSize(1);
    }

    @Test
    void foreignPreparedObjectsAndPrefixesAreRefused() {
        assertThatThrownBy(() -> sink().open(new Sink.Context(0, 2, List.of(List.of("../x")))))
                .hasMessageContaining("[../x] was not prepared by the sink of files \"part\"");
        assertThatThrownBy(() -> TextFiles.transactional(folder, "a-b"))
                .hasMessageContaining("a prefix of files consists of letters, digits and underscores");
    }

    @Test
    void plainWriterAppendsToAFileForEachGeneration() throws IOException {
        var kit = SinkKit.of(TextFiles.writer(folder), 2);
        kit.write(0, "a");
        kit.write(1, "b");
        kit.snapshot();
        kit.crash();
        kit.write(0, "c");
        kit.flush();
        kit.write(0, "lost");
        kit.close();
        assertThat(names()).containsExactly("lines-000001-00000", "lines-000001-00001", "lines-000002-00000");
        assertThat(folder.resolve("lines-000001-00001")).hasContent("b");
        assertThat(folder.resolve("lines-000002-00000")).hasContent("c");
    }
}
