package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.Storage;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.RaftSettings;
import dev.gyre.raft.core.RoleName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that all nodes of a job keep, each in its memory and in the log of a Raft group of their own: a cluster then needs no other storage. A small object is one entry; a larger one travels in chunks,
 * and is there when the entry that seals it is applied; {@code docs/design/034-replicated-snapshots.md} has the entries, and why.
 *
 * <p>They have a {@linkplain Settings#maxBytes bound}: what goes beyond is refused with {@link ErrorCode#TEMPORARILY_UNAVAILABLE}, before it travels. Reads are linearizable, and
 * served from the memory of this node, whether it votes or not.
 *
 * <p>A put that fails or whose fate is unknown leaves nothing behind for long: it is dropped by another entry, and if this node has ended, by one of whoever leads.
 *
 * <p>For the node's thread.
 */
public final class ReplicatedSnapshots implements SnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(ReplicatedSnapshots.class);

    private static final String GROUP = "snapshots";

    /** Whoever leads drops what has made no progress in so many spans of patience: a put that goes on makes some in one. */
    private static final int SILENT_SPANS = 2;

    /** With so many puts to withdraw, others begin before they are there, as then only as many are withdrawn as have room. */
    private static final int ABANDONED_MAX = 100;

    private final Settings settings;
    private final Part part;
    private final ObjectTable table = new ObjectTable();
    private final TreeMap<Long, Promise<Long>> proposed = new TreeMap<>();
    /** Puts that were given up after they had begun, and may be there still. */
    private final TreeMap<Long, String> abandoned = new TreeMap<>();
    /** How many chunks of each open put there were when this node last looked. */
    private TreeMap<Long, Integer> progress = new TreeMap<>();

    private long lastTicket;
    private boolean leads;

    /**
     * How objects are kept.
     *
     * @param maxBytes how many bytes all objects may have together, at most {@link #BYTES_MAX}; each counts with 256 bytes more, and 64 a chunk. The log takes up to a
     *     quarter of it in addition
     * @param chunkBytes of an entry, at most {@link #CHUNK_BYTES_MAX}
     * @param window how many chunks of a put may be on their way
     * @param patience how long an entry may take to be committed, or a read to be confirmed
     */
    public record Settings(long maxBytes, int chunkBytes, int window, Duration patience) {
        /** The largest bound: a Raft snapshot has all objects in one array. */
        public static final long BYTES_MAX = 1L << 30;

        /** The largest chunk: it must not hold up heartbeats on a link for long. */
        public static final int CHUNK_BYTES_MAX = 256 << 10;

        private static final long DEFAULT_MAX_BYTES = 256L << 20;
        private static final int DEFAULT_CHUNK_BYTES = 128 << 10;

        /** A megabyte of each put on its way: hides the latency of a disk. */
        private static final int DEFAULT_WINDOW = 8;

        private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

        /** Settings that can work. */
        public Settings {
            boolean isPossible = maxBytes > 0
                    && maxBytes <= BYTES_MAX
                    && chunkBytes > 0
                    && chunkBytes <= CHUNK_BYTES_MAX
                    && window > 0
                    && patience.isPositive();
            if (!isPossible) {
                throw new IllegalArgumentException("replicated snapshots have 1 to " + BYTES_MAX
                        + " bytes in chunks of 1 to " + CHUNK_BYTES_MAX
                        + ", 1 or more on their way, and some patience, not " + maxBytes + ", " + chunkBytes + ", "
                        + window + " and " + patience);
            }
        }

        /** 256 MiB in chunks of 128 KiB, 8 of them on their way; five seconds an entry. */
        public static Settings defaults() {
            return new Settings(DEFAULT_MAX_BYTES, DEFAULT_CHUNK_BYTES, DEFAULT_WINDOW, DEFAULT_PATIENCE);
        }

        /** With another bound. */
        public Settings maxBytes(long bytes) {
            return new Settings(bytes, chunkBytes, window, patience);
        }
    }

    private ReplicatedSnapshots(Settings settings, Part part) {
        this.settings = settings;
        this.part = part;
    }

    /** The stores of a job's nodes: the same settings at each, but for a while when they are changed. */
    public static SnapshotStores stores(Settings settings) {
        return home ->
                home.node().<Nothing, Runnable, Part>embed(Nothing.class, node -> new Part(node, home, settings)).store;
    }

    /** What nodes say to each other about snapshots beside Raft. */
    private record Nothing() {}

    /** The part of the node that is told what the group decides. */
    private static final class Part implements Service<Nothing, Runnable> {
        private final NodeContext<Nothing, Runnable> node;
        private final RaftService<StoreEntry> raft;
        private final ReplicatedSnapshots store;

        Part(NodeContext<Nothing, Runnable> node, SnapshotStores.Home home, Settings settings) {
            this.node = node;
            this.store = new ReplicatedSnapshots(settings, this);
            this.raft = home.groups().in(node).add(options(home, settings), event -> () -> store.follow(event));
            node.timers().every(settings.patience().multipliedBy(SILENT_SPANS), store::sweep);
        }

        @Override
        public void step(Event<Nothing, Runnable> event, Network<Nothing> network) {
            switch (event) {
                case Event.Signal<Nothing, Runnable>(var action) -> action.run();
                case Event.EndOfInput<Nothing, Runnable> end -> {}
                case Event.Received<Nothing, Runnable> message -> {}
            }
        }
    }

    private static RaftOptions<StoreEntry> options(SnapshotStores.Home home, Settings settings) {
        var defaults = RaftSettings.defaults();
        var compaction = new Compaction(
                Math.max(1, settings.maxBytes() / 4),
                settings.maxBytes() / 32,
                defaults.compaction().chunkBytes());
        var proposing = RaftOptions.Proposing.defaults();
        var options = RaftOptions.of(new StoreEntryCodec())
                .named(GROUP)
                .members(home.members())
                .settings(new RaftSettings(home.timing(), defaults.limits(), compaction, defaults.leaseDrift()))
                .proposals(new RaftOptions.Proposing(settings.patience(), proposing.waitingMax(), true));
        return home.isDurable() ? options : options.inMemory();
    }

    /** What this replica has. */
    ObjectTable table() {
        return table;
    }

    // ---- what is asked of it

    @Override
    public Promise<Stored> put(String name, List<ByteBuffer> content) {
        Storage.checkName(name);
        var put = new OngoingPut(this::propose, settings, name, content, number -> abandon(number, name));
        boolean isAtOnce = put.fitsAnEntry() && abandoned.size() < ABANDONED_MAX;
        return part.node.guarded(isAtOnce ? put.run(new OngoingPut.AtOnce(drawn(), table.fence())) : put.run());
    }

    /** A number of a put that no other has, at any node or in any life, and no index is. */
    private long drawn() {
        return part.node.random().nextLong() | Long.MIN_VALUE;
    }

    @Override
    public Promise<byte[]> get(String name) {
        return reading(() -> table.get(name));
    }

    @Override
    public Promise<byte[]> read(String name, long offset, int length) {
        Outcomes.checkPart(offset, length);
        return reading(() -> table.read(name, offset, length));
    }

    @Override
    public Promise<Deleted> delete(String name) {
        return part.node.guarded(propose(ticket -> new StoreEntry.Delete(ticket, name))
                .map(wasThere -> new Deleted(name, wasThere > 0)));
    }

    @Override
    public Promise<List<String>> list() {
        return reading(() -> Outcomes.ok(table.names()));
    }

    /** The group is the nodes' own. */
    @Override
    public boolean isOfOneJob() {
        return true;
    }

    /** What all objects count for at this node against the bound, in bytes. */
    public long size() {
        return table.counted();
    }

    private <T> Promise<T> reading(Supplier<Outcome<T>> answer) {
        var confirmed = part.raft.read();
        return confirmed.then(outcome -> Promise.of(served(outcome, answer)));
    }

    private static <T> Outcome<T> served(Outcome<Long> confirmed, Supplier<Outcome<T>> answer) {
        return switch (confirmed) {
            case Outcome.Ok<Long> ok -> answer.get();
            case Outcome.Failed<Long>(var error) -> Outcomes.failed(ErrorCode.TEMPORARILY_UNAVAILABLE, error.text());
            case Outcome.Unknown<Long>(var error) -> new Outcome.Unknown<>(error);
        };
    }

    private Promise<Long> propose(LongFunction<StoreEntry> entry) {
        var promise = new Promise<Long>();
        proposed.put(++lastTicket, promise);
        part.raft.propose(entry.apply(lastTicket));
        return promise;
    }

    // ---- what the group has to tell

    private void follow(RaftEvent<StoreEntry> event) {
        switch (event) {
            case RaftEvent.Committed<StoreEntry>(var index, var term, var entry, var here) -> {
                var outcome = table.apply(index, entry);
                if (here) {
                    done(entry, outcome);
                }
            }
            case RaftEvent.ProposalFailed<StoreEntry>(var entry, var reason) ->
                done(entry, Outcomes.failed(ErrorCode.TEMPORARILY_UNAVAILABLE, reason));
            case RaftEvent.ProposalUnknown<StoreEntry>(var entry, var reason) ->
                done(entry, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, reason)));
            case RaftEvent.LeaderChanged<StoreEntry>(var role, var term, var leader) -> leads = role == RoleName.LEADER;
            case RaftEvent.SnapshotRequested<StoreEntry>(var index) ->
                part.raft.snapshot(index, ObjectImage.encode(table));
            case RaftEvent.RestoreSnapshot<StoreEntry>(var index, var term, var image) ->
                ObjectImage.restore(image, table);
            case RaftEvent.MembershipChanged<StoreEntry> changed -> {}
        }
    }

    private void done(StoreEntry entry, Outcome<Long> outcome) {
        var promise = proposed.remove(entry.ticket());
        if (promise == null) {
            throw new InvariantViolation("nobody waits for " + entry);
        }
        promise.complete(outcome);
    }

    // ---- what is left behind

    private void abandon(long put, String name) {
        abandoned.put(put, name);
        drop(put, name);
    }

    private void drop(long put, String name) {
        propose(ticket -> new StoreEntry.Drop(ticket, put, name)).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok) {
                abandoned.remove(put);
            }
        });
    }

    /** Gives up what was left behind: here, and, as long as this node leads, by nodes that have ended. */
    private void sweep() {
        abandoned.forEach(this::drop);
        var now = new TreeMap<Long, Integer>();
        for (var object : table.open()) {
            now.put(object.put(), object.present());
            boolean isSilent = Integer.valueOf(object.present()).equals(progress.get(object.put()));
            if (leads && isSilent && !abandoned.containsKey(object.put())) {
                log.info(
                        "{}: {} is given up: {} of its {} bytes came, and no more",
                        part.node.nodeId(),
                        object.name(),
                        Math.min(object.size(), (long) object.present() * object.chunkBytes()),
                        object.size());
                drop(object.put(), object.name());
            }
        }
        progress = now;
    }
}
