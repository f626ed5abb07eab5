package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The records of a batch: a byte for the type, and then what the type says. */
final class Records {
    static final int START = 1;
    static final int HARD_STATE = 2;
    static final int TRUNCATE = 3;
    static final int DATA = 4;
    static final int NO_OP = 5;
    static final int CONFIGURATION = 6;
    static final int SNAPSHOT_KEPT = 7;
    static final int SNAPSHOT_INSTALLED = 8;

    private Records() {}

    static void putStart(ByteSink sink, Mark mark) {
        sink.putByte(START);
        put(sink, mark.hardState());
        put(sink, mark.snapshot());
        sink.putLong(mark.lastIndex());
    }

    /** The next record of a batch. */
    static <E> LogRecord<E> next(ByteBuffer from, EntryCodec<E> codec) {
        int type = from.get();
        return switch (type) {
            case START -> new LogRecord.Start<>(hardState(from), snapshot(from), from.getLong());
            case HARD_STATE -> new LogRecord.HardState<>(hardState(from));
            case TRUNCATE -> new LogRecord.Truncated<>(from.getLong());
            case SNAPSHOT_KEPT -> new LogRecord.SnapshotKept<>(snapshot(from));
            case SNAPSHOT_INSTALLED -> new LogRecord.SnapshotInstalled<>(snapshot(from));
            default -> new LogRecord.Appended<>(entry(type, from, codec));
        };
    }

    static void putHardState(ByteSink sink, HardState state) {
        sink.putByte(HARD_STATE);
        put(sink, state);
    }

    static void putTruncate(ByteSink sink, long fromIndex) {
        sink.putByte(TRUNCATE);
        sink.putLong(fromIndex);
    }

    static void putSnapshot(ByteSink sink, int type, Snapshot snapshot) {
        sink.putByte(type);
        put(sink, snapshot);
    }

    static <E> void putEntry(ByteSink sink, Entry<E> entry, EntryCodec<E> codec) {
        switch (entry) {
            case Entry.Data<E>(long index, long term, E value, int sizeBytes) -> {
                int bytes = codec.sizeBytes(value);
                if (bytes > codec.maxBytes()) {
                    throw new IllegalArgumentException("entry " + index + " has " + bytes
                            + " bytes, and the codec allows " + codec.maxBytes() + ": refuse it when it is proposed");
                }
                putPosition(sink, DATA, index, term);
                sink.putInt(sizeBytes);
                sink.putInt(bytes);
                codec.write(value, sink.next(bytes));
            }
            case Entry.NoOp<E>(long index, long term) -> putPosition(sink, NO_OP, index, term);
            case Entry.Configuration<E>(long index, long term, Membership membership) -> {
                putPosition(sink, CONFIGURATION, index, term);
                put(sink, membership);
            }
        }
    }

    private static void putPosition(ByteSink sink, int type, long index, long term) {
        sink.putByte(type);
        sink.putLong(index);
        sink.putLong(term);
    }

    private static <E> Entry<E> entry(int type, ByteBuffer from, EntryCodec<E> codec) {
        long index = from.getLong();
        long term = from.getLong();
        return switch (type) {
            case DATA -> {
                int sizeBytes = from.getInt();
                yield new Entry.Data<>(index, term, codec.read(slice(from)), sizeBytes);
            }
            case NO_OP -> new Entry.NoOp<>(index, term);
            case CONFIGURATION -> new Entry.Configuration<>(index, term, membership(from));
            default -> throw new IllegalArgumentException("a record has the unknown type " + type);
        };
    }

    private static void put(ByteSink sink, HardState state) {
        sink.putLong(state.term());
        sink.putText(state.votedFor());
    }

    private static HardState hardState(ByteBuffer from) {
        return new HardState(from.getLong(), text(from));
    }

    private static void put(ByteSink sink, Snapshot snapshot) {
        sink.putLong(snapshot.last().index());
        sink.putLong(snapshot.last().term());
        put(sink, snapshot.membership());
        sink.putLong(snapshot.sizeBytes());
        sink.putInt(snapshot.crc32c());
    }

    private static Snapshot snapshot(ByteBuffer from) {
        var last = new Position(from.getLong(), from.getLong());
        return new Snapshot(last, membership(from), from.getLong(), from.getInt());
    }

    private static void put(ByteSink sink, Membership membership) {
        sink.putTexts(membership.voters());
        sink.putTexts(membership.outgoing());
        sink.putTexts(membership.learners());
    }

    private static Membership membership(ByteBuffer from) {
        return new Membership(texts(from), texts(from), texts(from));
    }

    private static List<String> texts(ByteBuffer from) {
        int count = from.getInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(from));
        }
        return texts;
    }

    private static String text(ByteBuffer from) {
        return new String(bytes(from), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer from) {
        var slice = slice(from);
        var bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }

    /** What a length is followed by; a view. */
    private static ByteBuffer slice(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException(
                    "a record claims " + length + " bytes where " + from.remaining() + " are");
        }
        var slice = from.slice(from.position(), length);
        from.position(from.position() + length);
        return slice;
    }
}
