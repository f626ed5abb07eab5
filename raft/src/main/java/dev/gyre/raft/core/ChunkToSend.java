package dev.gyre.raft.core;

/**
 * The host reads these bytes of a snapshot, at its leisure, and sends them. If it cannot, it does nothing: the core asks again.
 *
 * @param lengthBytes how many bytes, exactly
 */
public record ChunkToSend(String from, String to, long term, Snapshot snapshot, long offset, int lengthBytes) {
    /** The message with the bytes. */
    public <E> Message.InstallSnapshot<E> with(byte[] bytes) {
        if (bytes.length != lengthBytes) {
            throw new IllegalArgumentException("chunk of snapshot " + snapshot.last() + " at " + offset + ": "
                    + lengthBytes + " bytes were asked for, and " + bytes.length + " given");
        }
        return new Message.InstallSnapshot<>(from, to, term, SnapshotChunk.of(snapshot, offset, bytes));
    }
}
