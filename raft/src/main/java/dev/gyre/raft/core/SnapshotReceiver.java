package dev.gyre.raft.core;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot that comes in chunks (thesis §5.1). Each answer names the offset that is wanted next, so a lost, repeated or damaged
 * chunk costs only itself. The bytes go to storage chunk by chunk; nothing of them stays here but a running checksum.
 */
final class SnapshotReceiver<E> {
    private final Node<E> node;
    private final CRC32C checksum = new CRC32C();
    private @Nullable Snapshot incoming;
    private long received;

    SnapshotReceiver(Node<E> node) {
        this.node = node;
    }

    void received(Message.InstallSnapshot<E> install) {
        var chunk = install.chunk();
        var snapshot = chunk.snapshot();
        var replica = node.replica();
        if (snapshot.last().index() <= replica.commitIndex() || replica.log().has(snapshot.last())) {
            // All that it covers is here already, as entries: only the leader does not know.
            replica.commitTo(Math.max(replica.commitIndex(), snapshot.last().index()));
            long match = snapshot.last().index();
            node.sendWhenDurable(new Message.AppendAck<>(node.id(), install.from(), node.term(), match));
            return;
        }
        if (!snapshot.equals(incoming)) {
            startOver(snapshot);
        }
        if (chunk.offset() == received && chunk.isIntact()) {
            store(chunk);
        }
        node.sendWhenDurable(
                new Message.InstallSnapshotAck<>(node.id(), install.from(), node.term(), snapshot.last(), received));
    }

    private void startOver(Snapshot snapshot) {
        incoming = snapshot;
        received = 0;
        checksum.reset();
    }

    private void store(SnapshotChunk chunk) {
        checksum.update(chunk.bytes());
        received += chunk.bytes().length;
        if (!chunk.isLast()) {
            node.replica().draft().chunk(chunk);
        } else if ((int) checksum.getValue() == chunk.snapshot().crc32c()) {
            node.replica().draft().chunk(chunk);
            node.replica().install(chunk.snapshot());
            incoming = null;
        } else {
            startOver(chunk.snapshot());
        }
    }
}
