package dev.gyre.stream.snapshot;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.CodecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** The index and the footer of a {@link SnapshotPart}. */
final class PartFormat {
    /** "GyP", and the version. */
    private static final int MAGIC = 0x47795001;

    static final int FOOTER = 24;

    /** The least that a section takes in the index: four varints and a checksum. */
    private static final int MIN_ENTRY = 9;

    private PartFormat() {}

    /** Where the index is, and what it must be. */
    record Footer(long offset, int length, int crc) {}

    static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Appends index and footer; the sections themselves end at {@code offset}, and the buffer begins there. */
    static void write(BytesOut out, String object, Collection<SectionRef> sections, long offset) {
        var objects = new LinkedHashMap<String, Integer>();
        objects.put(object, 0);
        var operators = new LinkedHashMap<String, Integer>();
        for (var section : sections) {
            objects.putIfAbsent(section.object(), objects.size());
            operators.putIfAbsent(section.section().operator(), operators.size());
        }
        writeNames(out, objects.keySet());
        writeNames(out, operators.keySet());
        out.writeVarint(sections.size());
        for (var ref : sections) {
            write(out, ref, operators.getOrDefault(ref.section().operator(), 0), objects.getOrDefault(ref.object(), 0));
        }
        var index = out.toBytes();
        var footer = new BytesOut();
        footer.writeLong(offset);
        footer.writeInt(index.length);
        footer.writeInt(crc(index, 0, index.length));
        footer.writeInt(MAGIC);
        footer.writeInt(crc(footer.toBytes(), 0, FOOTER - Integer.BYTES));
        out.append(footer.toBytes(), 0, FOOTER);
    }

    private static void write(BytesOut out, SectionRef ref, int operator, int object) {
        out.writeVarint(operator);
        out.writeVarint(ref.section().group() + 1);
        out.writeVarint(object);
        out.writeVarint(ref.offset());
        out.writeVarint(ref.length());
        out.writeInt(ref.crc());
    }

    private static void writeNames(BytesOut out, Collection<String> names) {
        out.writeVarint(names.size());
        names.forEach(out::writeString);
    }

    /**
     * Reads the footer.
     *
     * @param tail the last bytes of the object
     * @param size of the object
     */
    static Footer footer(byte[] tail, String object, long size) {
        long at = size - FOOTER;
        if (tail.length < FOOTER) {
            throw new CodecException(object, 0, "cut off: " + size + " bytes, where a footer alone has " + FOOTER);
        }
        int from = tail.length - FOOTER;
        var in = new BytesIn(tail, from, tail.length, object);
        long offset = in.readLong();
        int length = in.readInt();
        int crc = in.readInt();
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new CodecException(
                    object,
                    at,
                    "no footer of a part of a snapshot in version " + (MAGIC & 0xff)
                            + ": damaged, or written by another version");
        }
        if (in.readInt() != crc(tail, from, FOOTER - Integer.BYTES)) {
            throw new CodecException(object, at, "the footer has another checksum");
        }
        if (offset < 0 || length < 0 || offset != at - length) {
            throw new CodecException(
                    object, at, "an index of " + length + " bytes at offset " + offset + " does not end here");
        }
        return new Footer(offset, length, crc);
    }

    static List<SectionRef> index(byte[] bytes, String object, Footer footer) {
        if (crc(bytes, 0, bytes.length) != footer.crc) {
            throw new CodecException(object, footer.offset, "the index has another checksum");
        }
        try {
            return sections(new BytesIn(bytes, object), object, footer);
        } catch (CodecException e) {
            throw new CodecException(
                    object, footer.offset + e.offset(), "the index makes no sense: " + e.getMessage(), e);
        }
    }

    private static List<SectionRef> sections(BytesIn in, String object, Footer footer) {
        var objects = names(in);
        var operators = names(in);
        if (objects.isEmpty() || !objects.get(0).equals(object)) {
            throw in.malformed("it is that of " + (objects.isEmpty() ? "none" : objects.get(0)));
        }
        int count = in.readCount(MIN_ENTRY);
        Map<Section, SectionRef> sections = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            var operator = operators.get(in.readVarint(0, operators.size() - 1, "an operator"));
            var section = new Section(operator, in.readVarint(0, Section.MAX_GROUP + 1, "a group") - 1);
            int number = in.readVarint(0, objects.size() - 1, "an object");
            long offset = in.readVarint();
            int length = in.readVarint(0, Integer.MAX_VALUE, "a length");
            boolean isInside = offset >= 0 && (number > 0 || offset <= footer.offset - length);
            if (!isInside
                    || sections.put(section, new SectionRef(section, objects.get(number), offset, length, in.readInt()))
                            != null) {
                throw in.malformed(section + " is there twice, or lies outside");
            }
        }
        in.end();
        return List.copyOf(sections.values());
    }

    private static List<String> names(BytesIn in) {
        int count = in.readCount(1);
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add(in.readString());
        }
        return names;
    }
}
