package dev.gyre.core.host;

import dev.gyre.core.Storage;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.loop.HostPort;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a {@link LocalHost} supplies to one life of a node. For the node's thread. */
final class LocalPort implements HostPort {
    /** The numbers of a life's requests begin this far from those of the life before. */
    private static final long MESSAGES_A_LIFE = 1L << 32;

    /** All nodes of a process have the same clock. */
    private static final long ORIGIN_NANOS = System.nanoTime();

    private final String nodeId;
    private final LocalSwitch network;
    private final LocalDisk disk;
    private final BooleanSupplier isSilent;
    private final LocalNode.Watcher watcher;
    private final Sleepers sleepers;
    private final Optional<ArrayDeque<LocalMessage>> refusals;
    private final long firstMessageId;
    private final RandomGenerator random;

    /**
     * The port of a new life.
     *
     * @param sleepers is told whom to wake for what is sent
     * @param isSilent whether nothing is to be sent any more
     */
    LocalPort(
            LocalNode.Identity identity,
            LocalNode.World world,
            LocalDisk disk,
            Sleepers sleepers,
            BooleanSupplier isSilent) {
        this.nodeId = identity.id();
        this.network = world.network();
        this.watcher = world.watcher();
        this.refusals = identity.isClient() ? Optional.of(new ArrayDeque<>()) : Optional.empty();
        this.disk = disk;
        this.sleepers = sleepers;
        this.isSilent = isSilent;
        this.firstMessageId = 1 + network.place(nodeId).lives.getAndIncrement() * MESSAGES_A_LIFE;
        this.random = new SplittableRandom(System.nanoTime() ^ Long.rotateLeft(nodeId.hashCode(), 32));
    }

    @Override
    public long nowNanos() {
        return System.nanoTime() - ORIGIN_NANOS;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long firstMessageId() {
        return firstMessageId;
    }

    @Override
    public <M> void send(String dest, OptionalLong msgId, OptionalLong inReplyTo, M payload, PayloadTypes<M> types) {
        var type = types.of(payload).name();
        if (isSilent.getAsBoolean()) {
            return;
        }
        var refusal = network.deliver(new LocalMessage(nodeId, dest, type, msgId, inReplyTo, payload), sleepers);
        if (refusal.isPresent() && refusals.isPresent()) {
            refusals.get().add(LocalMessage.refusal(dest, nodeId, msgId, refusal.get()));
        }
    }

    /** What comes back to a client because it could not be delivered; never anything for a node, whose network may lose. */
    @Nullable LocalMessage pollRefusal() {
        return refusals.isPresent() ? refusals.get().poll() : null;
    }

    @Override
    public Storage storage() {
        return disk.storage();
    }

    @Override
    public void failed(Throwable failure) {
        watcher.defect();
    }
}
