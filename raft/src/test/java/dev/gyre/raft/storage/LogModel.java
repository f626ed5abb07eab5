package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.core.Write;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a log must hold: the state after each change. It outlives the node. A log that is found again must be one of these, and no
 * older than what was vouched for.
 */
final class LogModel {
    static final Membership MEMBERS = Membership.of(List.of("a", "b", "c"));
    static final EntryCodec<String> CODEC = new EntryCodec<>() {
        @Override
        public int maxBytes() {
            return 10_000;
        }

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    private final List<PersistedState<String>> states = new ArrayList<>();
    private int vouched;
    private long token;
    private int made;

    LogModel() {
        states.add(PersistedState.bootstrap(MEMBERS));
    }

    static RaftLogSettings settings(int segmentBytes) {
        return new RaftLogSettings("test/n0", segmentBytes, 0, MEMBERS);
    }

    /** With zeros written ahead. */
    static RaftLogSettings preallocating(int segmentBytes) {
        return new RaftLogSettings("test/n0", segmentBytes, segmentBytes / 2, MEMBERS);
    }

    PersistedState<String> current() {
        return states.getLast();
    }

    /** How many changes there were, and how many are known to be durable. */
    int changes() {
        return states.size() - 1;
    }

    int vouched() {
        return vouched;
    }

    long token() {
        return token;
    }

    void vouch(int changes) {
        vouched = Math.max(vouched, changes);
    }

    /** A log was opened again. */
    void found(PersistedState<String> state) {
        int at = states.lastIndexOf(state);
        if (at < vouched) {
            throw new AssertionError("found " + describe(state) + ", which is "
                    + (at < 0 ? "no state that there was" : "change " + at) + "; vouched for: change " + vouched
                    + " of "
                    + changes() + ", " + describe(states.get(vouched)));
        }
        states.subList(at + 1, states.size()).clear();
        vouched = at;
        token = 0;
    }

    private static String describe(PersistedState<String> state) {
        return state.hardState() + " " + state.snapshot().last() + " + "
                + state.entries().size() + " entries";
    }

    /** One random change, told to a log too. */
    void change(RaftLog<String> log, RandomGenerator random) {
        int kind = current().hardState().term() == 0 ? 0 : random.nextInt(100);
        if (kind < 15) {
            var hard = new HardState(current().hardState().term() + 1, random.nextBoolean() ? "" : "b");
            write(log, Optional.of(hard), 0, random);
        } else if (kind < 30 && !current().entries().isEmpty()) {
            var entries = current().entries();
            long from = entries.get(random.nextInt(entries.size())).index();
            write(log, Optional.empty(), from, random);
        } else if (kind < 38 && !current().entries().isEmpty()) {
            keep(log, random);
        } else if (kind < 43) {
            install(log, random);
        } else {
            write(log, Optional.empty(), 0, random);
        }
    }

    private void write(RaftLog<String> log, Optional<HardState> hard, long from, RandomGenerator random) {
        var before = current();
        var state = hard.orElse(before.hardState());
        List<Entry<String>> kept = new ArrayList<>(before.entries());
        kept.removeIf(entry -> from != 0 && entry.index() >= from);
        long last = before.snapshot().last().index() + kept.size();
        List<Entry<String>> added = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            added.add(entry(++last, state.term(), random));
        }
        kept.addAll(added);
        states.add(new PersistedState<>(state, before.snapshot(), kept));
        log.write(new Write<>(++token, hard, Optional.empty(), Optional.empty(), from, added));
    }

    private Entry<String> entry(long index, long term, RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Entry.NoOp<>(index, term);
            case 1 ->
                new Entry.Configuration<>(
                        index, term, new Membership(List.of("a", "d"), List.of("a", "b"), List.of("e")));
            default -> new Entry.Data<>(index, term, "v" + ++made + "x".repeat(random.nextInt(400)), 17);
        };
    }

    private static byte[] content(Position last) {
        return ("snapshot " + last + "y".repeat((int) (last.index() % 700))).getBytes(StandardCharsets.UTF_8);
    }

    private static Snapshot snapshot(Position last) {
        var bytes = content(last);
        return new Snapshot(last, MEMBERS, bytes.length, SnapshotChunk.checksum(bytes));
    }

    private void keep(RaftLog<String> log, RandomGenerator random) {
        var entries = current().entries();
        int covered = random.nextInt(entries.size());
        var last =
                new Position(entries.get(covered).index(), entries.get(covered).term());
        states.add(new PersistedState<>(
                current().hardState(), snapshot(last), entries.subList(covered + 1, entries.size())));
        log.keep(snapshot(last), content(last));
    }

    private void install(RaftLog<String> log, RandomGenerator random) {
        var hard = current().hardState();
        var last = new Position(current().snapshot().last().index() + 1 + random.nextInt(20), hard.term());
        var bytes = content(last);
        int half = bytes.length / 2;
        var first = SnapshotChunk.of(snapshot(last), 0, Arrays.copyOf(bytes, half));
        var second = SnapshotChunk.of(snapshot(last), half, Arrays.copyOfRange(bytes, half, bytes.length));
        log.write(new Write<>(++token, Optional.empty(), Optional.of(first), Optional.empty(), 0, List.of()));
        states.add(new PersistedState<>(hard, snapshot(last), List.of()));
        log.write(
                new Write<>(++token, Optional.empty(), Optional.of(second), Optional.of(snapshot(last)), 0, List.of()));
    }

    /** The content of the latest snapshot is there. */
    static void checkContent(RaftLog<String> log, Snapshot snapshot) {
        if (snapshot.last().index() > 0) {
            var into = ByteBuffer.allocate((int) snapshot.sizeBytes() + 1);
            int count = log.read(snapshot, 0, into);
            if (count != snapshot.sizeBytes()
                    || SnapshotChunk.checksum(Arrays.copyOf(into.array(), count)) != snapshot.crc32c()) {
                throw new AssertionError("the content of " + snapshot + " is another");
            }
        }
    }
}
