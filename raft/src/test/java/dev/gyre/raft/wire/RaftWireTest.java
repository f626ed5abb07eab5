package dev.gyre.raft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Message;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.raft.wire.RaftWire.Beat;
import dev.gyre.raft.wire.RaftWire.RaftBeats;
import dev.gyre.raft.wire.RaftWire.RaftForward;
import dev.gyre.raft.wire.RaftWire.RaftForwardFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages as lines of JSON, and back. */
class RaftWireTest {
    sealed interface Value {
        record Put(String key, long number, double share, List<String> many) implements Value {}
    }

    private static final JsonRecords<RaftWire> LINES = JsonRecords.of(RaftWire.class);
    private static final EntryCodec<Value> JSON = EntryCodec.json(Value.class);
    private static final Value PUT =
            new Value.Put("ä \"quoted\" \u2028 \\ \n", Long.MAX_VALUE, 0.1 + 0.2, List.of("", "x"));

    private static <E> List<Message<Proposal<E>>> messages(EntryCodec<E> codec, E value) {
        var bytes = codec.encode(value);
        var membership = new Membership(List.of("n0", "n1"), List.of("n2"), List.of("n3"));
        List<Entry<Proposal<E>>> entries = List.of(
                new Entry.NoOp<>(8, 2),
                new Entry.Data<>(9, 2, new Proposal<>("n7", 1L << 52, value, bytes), bytes.length),
                new Entry.Configuration<>(10, 3, membership));
        var content = "content".getBytes(StandardCharsets.UTF_8);
        var snapshot = new Snapshot(new Position(5, 2), membership, content.length, SnapshotChunk.checksum(content));
        var last = new Position(7, 2);
        return List.of(
                new Message.RequestPreVote<>("n0", "n1", 4, last),
                new Message.PreVoteReply<>("n0", "n1", 4, true),
                new Message.RequestVote<>("n0", "n1", 4, last, true),
                new Message.VoteReply<>("n0", "n1", 4, false),
                new Message.AppendEntries<>("n0", "n1", 4, last, 6, entries),
                new Message.AppendEntries<>("n0", "n1", 4, Position.START, 0, List.of()),
                new Message.AppendAck<>("n0", "n1", 4, 9),
                new Message.AppendReject<>("n0", "n1", 4, 9, last),
                new Message.Heartbeat<>("n0", "n1", 4, 9, 3),
                new Message.HeartbeatAck<>("n0", "n1", 4, 3),
                new Message.InstallSnapshot<>("n0", "n1", 4, SnapshotChunk.of(snapshot, 0, content)),
                new Message.InstallSnapshotAck<>("n0", "n1", 4, last, 77),
                new Message.TimeoutNow<>("n0", "n1", 4),
                new Message.RequestReadIndex<>("n0", "n1", 4, Long.MIN_VALUE),
                new Message.ReadIndexReply<>("n0", "n1", 4, -5, 9));
    }

    private static RaftWire overTheWire(RaftWire wire) {
        return LINES.decode(LINES.encode(wire));
    }

    private static <E> void requireRoundTrip(EntryCodec<E> codec, E value) {
        var wire = new WireMessages<>("g", codec);
        for (var message : messages(codec, value)) {
            var sent = wire.toWire(message);
            assertThat(wire.toCore("n0", "n1", sent)).as("by reference").isEqualTo(message);
            var received = (RaftWire.OfGroup) overTheWire(sent);
            assertThat(received.group()).isEqualTo("g");
            assertThat(wire.toCore("n0", "n1", received)).isEqualTo(message);
            var passedOn = (RaftWire.OfGroup) overTheWire(received);
            assertThat(wire.toCore("n0", "n1", passedOn)).as("unread, and on").isEqualTo(message);
        }
        var proposals = List.of(new Proposal<>("n0", 1L << 51, value, codec.encode(value)));
        var forward = (RaftForward) overTheWire(new RaftForward("g", 4, 1L << 52, Forwarded.of(proposals, codec)));
        assertThat(forward.proposals().read("n0", codec)).isEqualTo(proposals);
        assertThat(forward.life()).isEqualTo(1L << 52);
    }

    @Test
    void messagesWithJsonValuesTravelAsLines() {
        requireRoundTrip(JSON, PUT);
    }

    @Test
    void messagesWithBinaryValuesTravelAsLines() {
        requireRoundTrip(EntryCodec.bytes(), new byte[] {0, -1, 34, 10});
        requireRoundTrip(EntryCodec.bytes(), new byte[0]);
    }

    @Test
    void beatsAndRefusalsTravelAsLines() {
        var beats = new RaftBeats(List.of(new Beat("g", 3, 7L, 1), new Beat("h", 4, null, 2)));
        assertThat(overTheWire(beats)).isEqualTo(beats);
        var failed = new RaftForwardFailed("g", List.of(1L, 1L << 52), "n0 leads");
        assertThat(overTheWire(failed)).isEqualTo(failed);
    }

    @Test
    void jsonValuesAreReadable() {
        var line = new String(
                LINES.encode(
                        new WireMessages<>("g", JSON).toWire(messages(JSON, PUT).get(4))),
                StandardCharsets.UTF_8);
        assertThat(line).contains("\"value\":{\"type\":\"put\"").contains("\"origin\":\"n7\"");
    }

    private static String appendOf(String entry) {
        return "{\"type\":\"raft_append\",\"group\":\"g\",\"term\":4,\"previous\":{\"index\":7,\"term\":2},\"commit\":0,"
                + "\"entries\":[" + entry + "]}";
    }

    @Test
    void entriesThatAreNoneAreRefused() {
        for (var entry : List.of(
                "{\"term\":2,\"value\":{\"type\":\"put\"},\"origin\":\"n1\",\"ticket\":1}",
                "{\"term\":2,\"value\":{\"type\":\"what\"},\"origin\":\"n1\",\"ticket\":1}",
                "{\"term\":2,\"value\":7,\"origin\":\"n1\",\"ticket\":1}",
                "{\"term\":2,\"value\":\"not base64!\",\"origin\":\"n1\",\"ticket\":1}",
                "{\"term\":2,\"value\":\"AAAA\",\"origin\":\"n1\",\"ticket\":1}",
                "{\"term\":2,\"value\":{\"type\":\"put\",\"key\":\"a\",\"number\":1,\"share\":1,\"many\":[]}}",
                "{\"term\":9}",
                "{\"term\":\"x\"}",
                "null")) {
            assertThatThrownBy(() -> {
                        var wire =
                                (RaftWire.OfGroup) LINES.decode(appendOf(entry).getBytes(StandardCharsets.UTF_8));
                        new WireMessages<>("g", JSON).toCore("n0", "n1", wire);
                    })
                    .as(entry)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void proposalsOnDiskAreReadBackAndShortOnesRefused() {
        var codec = new ProposalCodec<>(JSON);
        var proposal = new Proposal<>("n0", 1L << 50, PUT, JSON.encode(PUT));
        var bytes = codec.encode(proposal);
        assertThat(codec.decode(bytes)).isEqualTo(proposal);
        assertThat(codec.decode(bytes).value()).isEqualTo(PUT);
        for (int length : List.of(0, 1, 2, 5, bytes.length - 1)) {
            // the last is a proposal still, but its value is none
            assertThatThrownBy(() ->
                            codec.decode(java.util.Arrays.copyOf(bytes, length)).value())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
