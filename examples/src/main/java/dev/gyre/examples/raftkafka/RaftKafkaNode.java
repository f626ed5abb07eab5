package dev.gyre.examples.raftkafka;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import dev.gyre.examples.replicated.Command;
import dev.gyre.examples.replicated.ReplicatedNode;
import dev.gyre.examples.replicated.State;
import dev.gyre.raft.RaftEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A replica of logs, each the messages of one key at the offsets 0, 1, 2, …, and of how far consumers have come. */
public final class RaftKafkaNode extends ReplicatedNode<RaftKafkaNode.Msg, RaftKafkaNode.Logs> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Appends a message to a key's log. */
        record Send(String key, long msg) implements Msg {}

        /** The message is in the log, at this offset. */
        record SendOk(long offset) implements Msg {}

        /** Asks for the messages of each key from an offset on. */
        record Poll(SortedMap<String, Long> offsets) implements Msg {}

        /** Messages of each key. */
        record PollOk(SortedMap<String, List<Entry>> msgs) implements Msg {}

        /** Says how far each key was processed. */
        record CommitOffsets(SortedMap<String, Long> offsets) implements Msg {
            /** Refuses a key without an offset. */
            public CommitOffsets {
                offsets.values().forEach(Objects::requireNonNull);
            }
        }

        /** All replicas know, or will. */
        record CommitOffsetsOk() implements Msg {}

        /** Asks how far these keys were processed. */
        record ListCommittedOffsets(List<String> keys) implements Msg {}

        /** How far; a key of which nobody has said anything is left out. */
        record ListCommittedOffsetsOk(SortedMap<String, Long> offsets) implements Msg {}

        /** A message and its offset; on the wire an array of the two. */
        @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        record Entry(long offset, long msg) {}
    }

    /** The messages of each key, and the offsets up to which they were processed. */
    public record Logs(SortedMap<String, List<Long>> messages, SortedMap<String, Long> committed)
            implements State<Msg> {
        /** Messages in an answer: a line of some 20 KB. Keys have equal shares; who wants more polls again, from the next offset. */
        static final int POLL_MAX = 1_000;

        @Override
        public boolean isRead(Msg request) {
            return request instanceof Msg.Poll || request instanceof Msg.ListCommittedOffsets;
        }

        @Override
        public Msg serve(Msg request) {
            return switch (request) {
                case Msg.Send(var key, long message) -> {
                    var log = messages.computeIfAbsent(key, first -> new ArrayList<>());
                    log.add(message);
                    yield new Msg.SendOk(log.size() - 1);
                }
                case Msg.Poll(var offsets) -> {
                    int share = Math.max(1, POLL_MAX / Math.max(1, offsets.size()));
                    var polled = new TreeMap<String, List<Msg.Entry>>();
                    offsets.forEach((key, from) -> polled.put(key, entries(key, from, share)));
                    yield new Msg.PollOk(polled);
                }
                case Msg.CommitOffsets(var offsets) -> {
                    // A commit that comes late does not take back a later one.
                    offsets.forEach((key, offset) -> committed.merge(key, offset, Math::max));
                    yield new Msg.CommitOffsetsOk();
                }
                case Msg.ListCommittedOffsets(var keys) -> {
                    var known = new TreeMap<>(committed);
                    known.keySet().retainAll(keys);
                    yield new Msg.ListCommittedOffsetsOk(known);
                }
                default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
            };
        }

        private List<Msg.Entry> entries(String key, long offset, int max) {
            var log = messages.getOrDefault(key, List.of());
            int from = Math.clamp(offset, 0, log.size());
            return IntStream.range(from, Math.min(log.size(), from + max))
                    .mapToObj(i -> new Msg.Entry(i, log.get(i)))
                    .toList();
        }
    }

    /** A replica of logs that are empty at first. */
    public RaftKafkaNode(NodeContext<Msg, RaftEvent<Command<Msg>>> node) {
        super(node, Msg.class, Logs.class, new Logs(new TreeMap<>(), new TreeMap<>()));
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, RaftKafkaNode::new, Flags.none(args));
    }
}
