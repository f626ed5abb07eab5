package dev.gyre.stream.io;

import dev.gyre.stream.api.Sink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to files that show themselves when their snapshot is committed.
 *
 * <p>A file goes through three names ({@link PartNames}): <em>writing</em> until a snapshot is prepared; <em>prepared</em> until it is committed; then it is a
 * part. Each is reached by one rename, behind a force of what is in the file, and followed by a force of the folder. A part is complete from its first moment.
 *
 * <p>What is left by older generations: files in writing belong to nobody, and are deleted when a writer opens. Of those that are prepared, some may
 * be another writer's, which has yet to open and commit them; they are deleted with the first snapshot of this generation that is committed, since by then every
 * writer has opened. Files of later generations are never touched.
 */
final class PartWriter implements Sink.Writer<Object> {
    private static final Logger log = LoggerFactory.getLogger(PartWriter.class);

    private final Disk disk;
    private final Path folder;
    private final PartNames names;
    private final int worker;
    private final long generation;
    private final LineBuffer lines = new LineBuffer();
    /** What is prepared and not committed, by snapshot. */
    private final TreeMap<Long, String> prepared = new TreeMap<>();

    private @Nullable FileChannel channel;
    private boolean hasCommitted;

    PartWriter(Disk disk, Path folder, PartNames names, Sink.Context context) {
        this.disk = disk;
        this.folder = folder;
        this.names = names;
        this.worker = context.worker();
        this.generation = context.generation();
        var restored = new ArrayList<String>();
        context.prepared().forEach(list -> restored.addAll(checked(list)));
        deleteLeftovers(false);
        show(restored);
    }

    private List<String> checked(Object list) {
        var all = new ArrayList<String>();
        if (list instanceof List<?> some) {
            some.forEach(name -> all.add(String.valueOf(name)));
        }
        if (all.isEmpty() || !all.stream().allMatch(names::isPrepared)) {
            throw new IllegalArgumentException(list + " was not prepared by the sink of files \"" + names.prefix()
                    + "\" in " + folder + ": go on with the folder and the prefix that there were");
        }
        return all;
    }

    private Path writing() {
        return folder.resolve(names.writing(generation, worker));
    }

    @Override
    public void write(Object value, long time) {
        if (lines.add(value)) {
            writeOut();
        }
    }

    private void writeOut() {
        Disk.on(writing(), "written", () -> {
            if (channel == null) {
                channel = disk.create(writing());
            }
            disk.write(channel, lines.take());
            return writing();
        });
    }

    @Override
    public Optional<Object> prepare(long snapshot) {
        if (!lines.isEmpty()) {
            writeOut();
        }
        var open = channel;
        if (open != null) {
            var name = names.prepared(generation, worker, snapshot);
            Disk.on(writing(), "prepared as " + name, () -> {
                disk.force(open);
                channel = null;
                open.close();
                disk.move(writing(), folder.resolve(name));
                disk.forceFolder(folder);
                return name;
            });
            prepared.put(snapshot, name);
        }
        // Those of a snapshot that was given up too: they are shown with this one.
        return prepared.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(prepared.values()));
    }

    @Override
    public void committed(long snapshot) {
        var done = prepared.headMap(snapshot, true);
        show(List.copyOf(done.values()));
        done.clear();
        if (!hasCommitted) {
            hasCommitted = true;
            deleteLeftovers(true);
        }
    }

    @Override
    public void commit(Object preparedElsewhere) {
        show(checked(preparedElsewhere));
    }

    /** Makes parts of what is prepared and is none yet. */
    private void show(List<String> preparedNames) {
        boolean any = false;
        for (var name : preparedNames) {
            var part = folder.resolve(names.part(name));
            any |= Disk.on(part, "made of " + name, () -> move(folder.resolve(name), part));
        }
        if (any) {
            Disk.on(folder, "forced to the disk", () -> {
                disk.forceFolder(folder);
                return folder;
            });
        }
    }

    private boolean move(Path from, Path part) throws IOException {
        try {
            disk.move(from, part);
        } catch (NoSuchFileException e) {
            // It was forced before it was reported, so it has been shown, and may have been taken away by whoever reads
            // it. The force of the folder may be due.
            log.debug("{} has been made of {} before", part, from, e);
        }
        return true;
    }

    private void deleteLeftovers(boolean isPreparedToo) {
        for (var name : Disk.on(folder, "listed", () -> disk.list(folder))) {
            if (names.isLeftover(name, generation, isPreparedToo)) {
                log.debug("{} was left by an older generation, and is deleted", folder.resolve(name));
                Disk.on(folder.resolve(name), "deleted", () -> {
                    disk.delete(folder.resolve(name));
                    return name;
                });
            }
        }
    }

    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open != null) {
            Disk.on(writing(), "deleted", () -> {
                open.close();
                disk.delete(writing());
                return folder;
            });
        }
    }
}
