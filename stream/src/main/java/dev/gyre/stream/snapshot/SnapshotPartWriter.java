package dev.gyre.stream.snapshot;

import dev.gyre.core.Storage;
import dev.gyre.stream.codec.BytesOut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the object that one worker writes for one snapshot: one section after the other is begun, written to and ended, in as many steps of the
 * worker as it likes. What has been written is kept in slices and never copied together, so the memory needed is that of the object. For one
 * thread; a {@link SnapshotPart} reads it.
 */
public final class SnapshotPartWriter {
    /** Bytes of a slice, and more if a section goes on: large enough to make slices few, small enough for a heap in pieces. */
    private static final int SLICE = 1 << 20;

    private static final int FIRST_SLICE = 1 << 12;

    private final String object;
    private final List<ByteBuffer> slices = new ArrayList<>();
    private final List<SectionRef> sections = new ArrayList<>();
    /** By operator, the groups of which there is a section, each one higher: there are thousands, and a hash of a name and a number costs more than a bit. */
    private final Map<String, BitSet> present = new HashMap<>();

    private BytesOut slice = new BytesOut(FIRST_SLICE, BytesOut.MAX_BYTES);
    private long ended;
    private @Nullable Section open;
    private int openAt;
    private boolean isFinished;

    /**
     * An object without sections.
     *
     * @param object its name in the store
     */
    public SnapshotPartWriter(String object) {
        this.object = Storage.checkName(object);
    }

    /**
     * Begins a section.
     *
     * @return takes the bytes of the section, which follow those that are there; of no use once it is ended
     * @throws IllegalStateException when another is open, or the object is finished
     * @throws IllegalArgumentException when there is one of this operator and group already
     */
    public BytesOut begin(Section section) {
        addNew(section);
        open = section;
        openAt = slice.size();
        return slice;
    }

    private void addNew(Section section) {
        if (open != null || isFinished) {
            throw new IllegalStateException(open == null ? object + " is finished" : open + " is not ended");
        }
        var groups = present.computeIfAbsent(section.operator(), first -> new BitSet());
        if (groups.get(section.group() + 1)) {
            throw new IllegalArgumentException(object + " has a " + section + " already");
        }
        groups.set(section.group() + 1);
    }

    /**
     * Ends the section that was begun.
     *
     * @return where it is, for the index of a later snapshot if it has not changed by then
     * @throws IllegalStateException when none is open
     */
    public SectionRef end() {
        var section = open;
        if (section == null) {
            throw new IllegalStateException("no section is open");
        }
        int length = slice.size() - openAt;
        var ref = new SectionRef(section, object, ended + openAt, length, slice.crc32c(openAt));
        sections.add(ref);
        open = null;
        if (slice.size() >= SLICE) {
            cut(SLICE);
        }
        return ref;
    }

    /** @param next how large the next slice is at first: memory that nobody has used yet is costly to get */
    private void cut(int next) {
        slices.add(slice.buffer());
        ended += slice.size();
        slice = new BytesOut(next, BytesOut.MAX_BYTES);
    }

    /**
     * Says that a section has not changed since an older object was written, which is then needed for as long as this one.
     *
     * @throws IllegalStateException when a section is open, or the object is finished
     * @throws IllegalArgumentException when there is one of this operator and group already
     */
    public void refer(SectionRef older) {
        addNew(older.section());
        sections.add(older);
    }

    /** How many bytes have been written. */
    public long size() {
        return ended + slice.size();
    }

    /** The sections that are there, in order. */
    public List<SectionRef> sections() {
        return List.copyOf(sections);
    }

    /**
     * Appends the index.
     *
     * @return all bytes in order, for {@link SnapshotStore#put}
     * @throws IllegalStateException when a section is open, or it was finished before
     */
    public List<ByteBuffer> finish() {
        if (open != null || isFinished) {
            throw new IllegalStateException(open == null ? object + " is finished" : open + " is not ended");
        }
        isFinished = true;
        if (slice.size() > 0) {
            cut(0); // nothing follows
        }
        var index = new BytesOut();
        PartFormat.write(index, object, sections, ended);
        slices.add(index.buffer());
        return List.copyOf(slices);
    }
}
