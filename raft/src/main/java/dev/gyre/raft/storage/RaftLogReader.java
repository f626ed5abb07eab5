package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.raft.core.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the log of a Raft group for a person, and changes nothing: {@link #read} tells what the files hold, damaged or not, and {@link
 * #refusal} whether a node would start from them. A node may run on them meanwhile; use {@link FolderFiles} then. Values of entries stay
 * bytes. Not for more than one thread.
 */
public final class RaftLogReader {
    /** Takes bytes for values, as many as there are. */
    private static final EntryCodec<byte[]> BYTES = new EntryCodec<>() {
        @Override
        public int maxBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public byte[] encode(byte[] value) {
            return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }
    };

    private static final Pattern FILE = Pattern.compile("(?:(.+)\\.)?(log|snapshot|incoming)-[0-9a-f-]+");

    private final Storage files;
    private final String prefix;

    /**
     * A reader of one group.
     *
     * @param storage where the files of the node are
     * @param group its files have this name and a dot before their own; empty for files without
     */
    public RaftLogReader(Storage storage, String group) {
        prefix = group.isEmpty() ? "" : group + ".";
        files = new GroupFiles(storage, prefix);
    }

    /** The groups of which there are logs, in order; an empty name is that of files without a group. */
    public static List<String> groups(Storage storage) {
        var groups = new TreeSet<String>();
        for (var name : storage.list()) {
            var file = FILE.matcher(name);
            if (file.matches() && file.group(2).equals("log")) {
                var group = file.group(1);
                groups.add(group == null ? "" : group);
            }
        }
        return List.copyOf(groups);
    }

    /** The node that the first sound segment belongs to; empty if there is none. */
    public Optional<String> owner() {
        List<String> owners = new ArrayList<>();
        read(finding -> {
            if (finding instanceof Finding.Segment segment) {
                segment.owner().ifPresent(owners::add);
            }
        });
        return owners.stream().findFirst();
    }

    /**
     * Tells what is in the files: segments in order, each followed by what is in it, and then the contents of snapshots.
     *
     * @throws StorageException when a file cannot be read at all
     */
    public void read(Consumer<? super Finding> finder) {
        new SegmentWalk(files, new Teller(finder)).run();
        for (var name : files.list()) {
            if (!SegmentWalk.isSegment(name) && FILE.matcher(name).matches() && !name.contains(".")) {
                try (var file = files.open(name)) {
                    finder.accept(new Finding.Content(prefix + name, file.size()));
                }
            }
        }
    }

    /**
     * What a node that starts says of these files: it goes through all that a node does, except that it knows no values. Takes the memory
     * that the entries take.
     *
     * @return why a node would refuse them, with file and offset; empty if it would start, after it has cut off what is torn
     */
    public Optional<String> refusal() {
        try {
            // with no sound header any name will do, for no owner is compared
            var settings =
                    RaftLogSettings.of(owner().filter(name -> !name.isEmpty()).orElse("?"), Membership.NONE);
            new Recovery<>(files, settings, BYTES).run();
            return Optional.empty();
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.CORRUPT) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Tells what a walk comes by. */
    private final class Teller implements SegmentWalk.Visitor {
        private final Consumer<? super Finding> finder;
        private boolean isFirst = true;

        Teller(Consumer<? super Finding> finder) {
            this.finder = finder;
        }

        private String name(long first) {
            return prefix + SegmentWalk.nameOf(first);
        }

        @Override
        public void gap(long sequence, long first) {
            if (!isFirst) {
                finder.accept(new Finding.Gap(name(first), sequence, first));
            }
        }

        @Override
        public void segment(long first, int sizeBytes, Optional<SegmentHeader> header) {
            isFirst = false;
            finder.accept(new Finding.Segment(name(first), sizeBytes, header.map(SegmentHeader::owner)));
        }

        @Override
        public void batch(long first, int offset, Frame frame) {
            List<LogRecord<byte[]>> records = new ArrayList<>();
            var payload = frame.payload().duplicate();
            while (payload.hasRemaining()) {
                records.add(Records.next(payload, BYTES));
            }
            finder.accept(new Finding.Batch(
                    name(first), offset, frame.sequence(), frame.payload().limit(), List.copyOf(records)));
        }

        @Override
        public void brokenBatch(long first, int offset, long batch, int payloadBytes) {
            finder.accept(new Finding.BrokenBatch(name(first), offset, batch, payloadBytes));
        }

        @Override
        public void damage(long first, int offset, String what) {
            finder.accept(new Finding.Damage(name(first), offset, what));
        }

        @Override
        public void unused(long first, int offset, int sizeBytes) {
            // nothing to tell: a node writes on there
        }

        @Override
        public void torn(long first, int offset, int sizeBytes) {
            finder.accept(new Finding.Torn(name(first), offset, sizeBytes));
        }
    }
}
