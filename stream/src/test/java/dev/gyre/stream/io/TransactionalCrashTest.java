package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.testing.SinkKit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends before any of the things it does to a disk, and again before any of those that it does after that, writes each record once. */
class TransactionalCrashTest {
    private static final int WORKERS = 2;

    @TempDir
    private Path temporary;

    /** The process ends here. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A disk of a process that ends before an action, or in the middle of a write; of a machine that ends with it, what was not forced is lost. */
    private static final class CrashingDisk extends Disk {
        private record Rename(Path from, Path to) {}

        private final Map<FileChannel, Path> files = new LinkedHashMap<>();
        private final TreeMap<Path, Long> durable = new TreeMap<>();
        private final ArrayDeque<Rename> renames = new ArrayDeque<>();
        private final TreeSet<Path> created = new TreeSet<>();
        private int left;

        CrashingDisk(int left) {
            this.left = left;
        }

        private void act() {
            if (left-- == 0) {
                throw new Crash();
            }
        }

        @Override
        FileChannel create(Path file) throws IOException {
            act();
            var channel = super.create(file);
            files.put(channel, file);
            created.add(file);
            durable.put(file, 0L);
            return channel;
        }

        @Override
        void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            if (left == 0) {
                super.write(channel, bytes.slice(0, bytes.remaining() / 2));
            }
            act();
            super.write(channel, bytes);
        }

        @Override
        void force(FileChannel channel) throws IOException {
            act();
            super.force(channel);
            durable.put(files.get(channel), channel.size());
        }

        @Override
        void move(Path from, Path to) throws IOException {
            act();
            super.move(from, to);
            renames.push(new Rename(from, to));
            renamed(from, to);
        }

        private void renamed(Path from, Path to) {
            durable.put(to, durable.remove(from));
            if (created.remove(from)) {
                created.add(to);
            }
        }

        @Override
        void delete(Path file) throws IOException {
            act();
            super.delete(file);
            durable.remove(file);
            created.remove(file);
        }

        @Override
        void forceFolder(Path folder) throws IOException {
            act();
            super.forceFolder(folder);
            renames.clear();
            created.clear();
        }

        /** The machine has ended. */
        void lose() throws IOException {
            while (!renames.isEmpty()) {
                var undone = renames.pop();
                Files.move(undone.to(), undone.from());
                renamed(undone.to(), undone.from());
            }
            for (var file : created) {
                Files.delete(file);
                durable.remove(file);
            }
            created.clear();
            for (var file : durable.entrySet()) {
                try (var channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(file.getValue());
                }
            }
        }
    }

    /** One life after another on one folder, and what the output must be. */
    private static final class Run {
        final Path folder;
        final CrashingDisk disk;
        final SinkKit<Object> kit;
        final List<String> committed = new ArrayList<>();
        final List<String> written = new ArrayList<>();
        final boolean losesUnforced;
        int next;

        Run(Path folder, CrashingDisk disk, boolean losesUnforced) {
            this.losesUnforced = losesUnforced;
            this.folder = folder;
            this.disk = disk;
            this.kit = SinkKit.of(TextFiles.transactional(folder, "part", disk), WORKERS);
        }

        void write(int worker) {
            var record = String.format("%d-%04d", worker, next++);
            written.add(record);
            kit.write(worker, record + "x".repeat(next % 3 == 0 ? 70_000 : 0));
        }

        void commit() {
            kit.commit();
            committed.addAll(written);
            written.clear();
        }

        void script() {
            write(0);
            write(1);
            kit.prepare();
            commit();
            kit.tell();
            write(0);
            kit.prepare(); // given up
            write(0);
            write(1);
            kit.prepare();
            commit();
            kit.tell();
            kit.prepare(); // with nothing: it forces no folder
            commit();
            write(1);
        }

        void recover(int workers) throws IOException {
            written.clear();
            if (losesUnforced) {
                disk.lose();
            }
            kit.crash(workers);
            check();
        }

        void check() throws IOException {
            var shown = TransactionalFilesTest.output(folder).stream()
                    .map(line -> line.replace("x", ""))
                    .toList();
            assertThat(shown).containsExactlyInAnyOrderElementsOf(committed);
            for (int worker = 0; worker < WORKERS; worker++) {
                var prefix = worker + "-";
                assertThat(shown.stream().filter(line -> line.startsWith(prefix)))
                        .isSorted();
            }
        }
    }

    @Test
    void everyRecordIsShownOnceWhereverTheProcessEnds() throws IOException {
        assertThat(enumerate(false)).isGreaterThan(200);
    }

    @Test
    void everyRecordIsShownOnceWhereverTheMachineEnds() throws IOException {
        assertThat(enumerate(true)).isGreaterThan(200);
    }

    private int enumerate(boolean losesUnforced) throws IOException {
        int crashes = 0;
        boolean hasCrashed = true;
        for (int first = 0; hasCrashed; first++) {
            hasCrashed = false;
            for (int second = 0; second < 12; second++) {
                var folder = Files.createDirectory(temporary.resolve(first + "-" + second));
                hasCrashed |= run(folder, first, second, losesUnforced);
                crashes++;
            }
        }
        return crashes;
    }

    /** Whether the process ended before its script did. */
    private static boolean run(Path folder, int first, int second, boolean losesUnforced) throws IOException {
        var run = new Run(folder, new CrashingDisk(first), losesUnforced);
        boolean hasCrashed = false;
        try {
            run.script();
        } catch (Crash crash) {
            hasCrashed = true;
        }
        run.disk.left = second;
        try {
            run.recover(1 + second % 3);
            run.disk.left = second; // if it was not used up
            run.write(0);
            run.kit.prepare();
            run.commit();
            run.kit.tell();
        } catch (Crash crash) {
            // the next life goes on
        }
        run.disk.left = -1;
        run.recover(WORKERS);
        run.write(0);
        run.kit.prepare();
        run.commit();
        run.kit.tell();
        run.check();
        assertThat(new Disk().list(folder)).allMatch(name -> name.startsWith("part-"));
        return hasCrashed;
    }
}
