package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * An object on its way into the log: one entry, if it fits a chunk; else, and where that one came behind a withdrawal, an entry that begins it, its chunks, a few of them at a time, and when all are committed the seal. The first entry that is
 * not committed ends it; what is on its way then changes nothing any more, since the seal does not follow.
 */
final class OngoingPut {
    /** Proposes the entry that is made for a ticket, and tells what came of it. */
    interface Proposer {
        Promise<Long> propose(LongFunction<StoreEntry> entry);
    }

    /**
     * What an object that is one entry needs.
     *
     * @param put below 0, and of no other
     * @param fence that this replica knows
     */
    record AtOnce(long put, long fence) {}

    private final Proposer proposer;
    private final ReplicatedSnapshots.Settings settings;
    private final String name;
    private final long size;
    private final ArrayList<ByteBuffer> rest = new ArrayList<>();
    private final List<StoreEntry.Piece> pieces = new ArrayList<>();
    private final Promise<SnapshotStore.Stored> stored = new Promise<>();
    private final Consumer<Long> onAbandoned;
    private long put;
    private long left;
    private int underWay;

    /** @param onAbandoned is told of a put that has begun and is to leave nothing behind */
    OngoingPut(
            Proposer proposer,
            ReplicatedSnapshots.Settings settings,
            String name,
            List<ByteBuffer> content,
            Consumer<Long> onAbandoned) {
        this.proposer = proposer;
        this.settings = settings;
        this.name = name;
        this.onAbandoned = onAbandoned;
        content.reversed().forEach(slice -> rest.add(slice.duplicate()));
        this.size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        this.left = size;
    }

    /** In one entry, as it must {@linkplain #fitsAnEntry fit}. */
    Promise<SnapshotStore.Stored> run(AtOnce how) {
        var encoded = encoded(StoreEntryCodec.wholeHead(name), (int) size);
        proposer.propose(
                        ticket -> StoreEntryCodec.whole(ticket, how.put, how.fence, name, settings.maxBytes(), encoded))
                .whenDone(outcome -> {
                    if (isRefusedByFence(outcome)) {
                        rest.add(ByteBuffer.wrap(encoded).position(StoreEntryCodec.wholeHead(name)));
                        left = size;
                        run();
                        return;
                    }
                    if (outcome instanceof Outcome.Unknown) {
                        put = how.put; // it may be there, or come yet
                    }
                    end(outcome);
                });
        return stored;
    }

    private static boolean isRefusedByFence(Outcome<Long> outcome) {
        return outcome instanceof Outcome.Failed<Long>(var error)
                && error.code().equals(ErrorCode.ABORT);
    }

    /** Whether it can be one entry. */
    boolean fitsAnEntry() {
        return size <= settings.chunkBytes();
    }

    /** In as many entries as it needs. */
    Promise<SnapshotStore.Stored> run() {
        proposer.propose(ticket -> new StoreEntry.Begin(ticket, name, size, settings.chunkBytes(), settings.maxBytes()))
                .whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok<Long>(var index)) {
                        put = index;
                        goOn();
                    } else {
                        end(outcome);
                    }
                });
        return stored;
    }

    private void goOn() {
        while (left > 0 && underWay < settings.window()) {
            underWay++;
            proposer.propose(this::nextChunk).whenDone(this::chunkDone);
        }
        if (left == 0 && underWay == 0) {
            int checksum = StoreEntry.checksum(pieces);
            proposer.propose(ticket -> new StoreEntry.Seal(ticket, put, checksum))
                    .whenDone(this::end);
        }
    }

    private void chunkDone(Outcome<Long> outcome) {
        underWay--;
        if (stored.isDone()) {
            return;
        }
        if (outcome instanceof Outcome.Ok) {
            goOn();
        } else {
            end(outcome);
        }
    }

    private StoreEntry nextChunk(long ticket) {
        var encoded = encoded(StoreEntryCodec.CHUNK_HEAD, (int) Math.min(left, settings.chunkBytes()));
        var chunk = StoreEntryCodec.chunk(ticket, put, pieces.size(), encoded);
        pieces.add(chunk.piece());
        return chunk;
    }

    /** The next bytes of the object, behind room for a head. */
    private byte[] encoded(int head, int length) {
        var encoded = new byte[head + length];
        for (int at = head; at < encoded.length; ) {
            var slice = rest.getLast();
            int take = Math.min(slice.remaining(), encoded.length - at);
            slice.get(encoded, at, take);
            at += take;
            if (!slice.hasRemaining()) {
                rest.removeLast();
            }
        }
        left -= length;
        return encoded;
    }

    private void end(Outcome<Long> last) {
        if (!(last instanceof Outcome.Ok) && put != 0) {
            onAbandoned.accept(put);
        }
        stored.complete(last.map(ok -> new SnapshotStore.Stored(name, size)));
    }
}
