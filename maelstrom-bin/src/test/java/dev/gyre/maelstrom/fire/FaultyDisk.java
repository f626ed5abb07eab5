package dev.gyre.maelstrom.fire;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import dev.gyre.maelstrom.mutants.TwistedNode;
import dev.gyre.maelstrom.mutants.TwistedStorage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A disk of a node that can be full, fail to sync, or be slow: switched by the test, on whatever thread, while the node runs. */
final class FaultyDisk {
    /** How many bytes files may still grow by. */
    final AtomicLong roomBytes = new AtomicLong(Long.MAX_VALUE);
    /** Syncs from the one with this number fail, counted from 1. */
    final AtomicInteger failingSync = new AtomicInteger(Integer.MAX_VALUE);
    /** Syncs that were asked for. */
    final AtomicInteger syncs = new AtomicInteger();
    /** How long a sync takes at least. */
    final AtomicLong syncNanos = new AtomicLong();

    /** The node on this disk. */
    <M, S> NodeContext<M, S> of(NodeContext<M, S> node) {
        return new OnDisk<>(node, this);
    }

    private static final class OnDisk<M, S> extends TwistedNode<M, S> {
        private final NodeContext<M, S> node;
        private final FaultyDisk disk;

        OnDisk(NodeContext<M, S> node, FaultyDisk disk) {
            super(node);
            this.node = node;
            this.disk = disk;
        }

        @Override
        public Storage storage() {
            return disk.new Faulty(node.storage());
        }

        @Override
        public <P, Q, T extends Service<P, Q>> T embed(Class<P> payloads, Function<NodeContext<P, Q>, T> factory) {
            return node.embed(payloads, inner -> factory.apply(disk.of(inner)));
        }
    }

    private final class Faulty extends TwistedStorage {
        Faulty(Storage storage) {
            super(storage);
        }

        @Override
        protected StorageFile twist(StorageFile file) {
            return new TwistedFile(file) {
                @Override
                public void write(long position, ByteBuffer bytes) {
                    long growth = Math.max(0, position + bytes.remaining() - size());
                    long room = roomBytes.get();
                    if (growth > room) {
                        long fits = Math.max(0, bytes.remaining() - growth + room);
                        super.write(position, bytes.slice(bytes.position(), (int) fits));
                        roomBytes.set(0);
                        throw new StorageException(
                                StorageException.Kind.FULL,
                                describe(name()) + " cannot be written at offset " + (position + fits)
                                        + ": No space left on device");
                    }
                    roomBytes.addAndGet(-growth);
                    super.write(position, bytes);
                }

                @Override
                public Promise<Storage.Synced> sync() {
                    LockSupport.parkNanos(syncNanos.get());
                    return syncs.incrementAndGet() < failingSync.get()
                            ? super.sync()
                            : Promise.of(new Outcome.Unknown<>(new RpcError(
                                    ErrorCode.CRASH, describe(name()) + " could not be synced: Input/output error")));
                }
            };
        }
    }
}
