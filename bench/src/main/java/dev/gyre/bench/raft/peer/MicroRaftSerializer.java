package dev.gyre.bench.raft.peer;

import dev.gyre.bench.raft.Applied;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStoreSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What MicroRaft's store writes, as few bytes as say it all: a log entry is its index, its term and the operation. No node of
 * a benchmark starts again, so nothing is ever read.
 */
final class MicroRaftSerializer implements RaftStoreSerializer {
    private static final int INDEX_AND_TERM_BYTES = Long.BYTES + Integer.BYTES;

    private static byte[] bytes(Object operation) {
        return switch (operation) {
            case byte[] value -> value;
            case Applied applied ->
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(applied.count())
                        .putLong(applied.checksum())
                        .array();
            default -> operation.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static int number(@Nullable RaftEndpoint endpoint) {
        return endpoint instanceof MicroRaft.Endpoint member ? member.number() : -1;
    }

    private static ByteBuffer entry(long index, int term, byte[] operation, int more) {
        return ByteBuffer.allocate(INDEX_AND_TERM_BYTES + operation.length + more)
                .putLong(index)
                .putInt(term)
                .put(operation);
    }

    private static byte[] members(RaftGroupMembersView view) {
        Collection<RaftEndpoint> members = view.getMembers();
        var bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * members.size());
        bytes.putLong(view.getLogIndex());
        members.forEach(member -> bytes.putInt(number(member)));
        return bytes.array();
    }

    private static <T> Serializer<T> writing(Function<T, byte[]> write) {
        return new Serializer<>() {
            @Override
            public byte[] serialize(T element) {
                return write.apply(element);
            }

            @Override
            public T deserialize(byte[] element) {
                throw new UnsupportedOperationException("no node of a benchmark starts again");
            }
        };
    }

    @Override
    public Serializer<RaftGroupMembersView> raftGroupMembersViewSerializer() {
        return writing(MicroRaftSerializer::members);
    }

    @Override
    public Serializer<RaftEndpoint> raftEndpointSerializer() {
        return writing(endpoint ->
                ByteBuffer.allocate(Integer.BYTES).putInt(number(endpoint)).array());
    }

    @Override
    public Serializer<LogEntry> logEntrySerializer() {
        return writing(entry -> entry(entry.getIndex(), entry.getTerm(), bytes(entry.getOperation()), 0)
                .array());
    }

    @Override
    public Serializer<SnapshotChunk> snapshotChunkSerializer() {
        return writing(chunk -> {
            var members = members(chunk.getGroupMembersView());
            return entry(chunk.getIndex(), chunk.getTerm(), bytes(chunk.getOperation()), members.length)
                    .put(members)
                    .array();
        });
    }

    @Override
    public Serializer<RaftEndpointPersistentState> raftEndpointPersistentStateSerializer() {
        return writing(state -> ByteBuffer.allocate(Integer.BYTES)
                .putInt(number(state.getLocalEndpoint()))
                .array());
    }

    @Override
    public Serializer<RaftTermPersistentState> raftTermPersistentState() {
        return writing(state -> ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(state.getTerm())
                .putInt(number(state.getVotedFor()))
                .array());
    }
}
