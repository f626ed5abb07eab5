package dev.gyre.examples.raftkv;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.host.Node;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.Flags;
import dev.gyre.examples.replicated.Command;
import dev.gyre.examples.replicated.ReplicatedNode;
import dev.gyre.examples.replicated.State;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.RaftSettings;
import java.util.SortedMap;
import java.util.TreeMap;

/** A replica of a key-value store. */
public final class RaftKvNode extends ReplicatedNode<KvMessage, RaftKvNode.Store> {
    private static final long KIB = 1 << 10;
    /** A gibibyte: more is no log to restart with. */
    private static final int MAX_KIB = 1 << 20;
    /** Of the log that is kept for followers that lag a little, of what makes a snapshot due. */
    private static final int RETAINED_SHARE = 8;

    /** What is stored: values by their keys. */
    public record Store(SortedMap<String, JsonNode> values) implements State<KvMessage> {
        @Override
        public boolean isRead(KvMessage request) {
            return request instanceof KvMessage.Read;
        }

        @Override
        public KvMessage serve(KvMessage request) {
            return switch (request) {
                case KvMessage.Read(var key) -> new KvMessage.ReadOk(valueOf(key));
                case KvMessage.Write(var key, var value) -> {
                    values.put(nameOf(key), value);
                    yield new KvMessage.WriteOk();
                }
                case KvMessage.Cas(var key, var from, var to, var create) -> {
                    if (values.containsKey(nameOf(key)) || create == null || !create) {
                        expect(key, from);
                    }
                    values.put(nameOf(key), to);
                    yield new KvMessage.CasOk();
                }
                default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this store is asked to read, write or cas");
            };
        }

        /** A key as JSON; made so for each entry when a log is replayed, and most are texts. */
        private static String nameOf(JsonNode key) {
            return key.isTextual()
                    ? '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(key.textValue())) + '"'
                    : key.toString();
        }

        private JsonNode valueOf(JsonNode key) {
            var value = values.get(nameOf(key));
            if (value == null) {
                throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "there is no key " + key);
            }
            return value;
        }

        private void expect(JsonNode key, JsonNode from) {
            var value = valueOf(key);
            if (!value.equals(from)) {
                throw new RpcError(ErrorCode.PRECONDITION_FAILED, "key " + key + " is " + value + ", not " + from);
            }
        }
    }

    /** A replica of a store that is empty at first. */
    public RaftKvNode(NodeContext<KvMessage, RaftEvent<Command<KvMessage>>> node) {
        super(
                node,
                KvMessage.class,
                Store.class,
                new Store(new TreeMap<>()),
                Flags.read(RaftKvNode::settings, node.arguments().toArray(String[]::new)));
    }

    /** The flag {@code --snapshot-kib}: a snapshot takes the place of the log each time that it has grown by so much. */
    private static RaftSettings settings(Flags flags) {
        var defaults = RaftSettings.defaults();
        var usual = defaults.compaction();
        long bytes = KIB * flags.integer("--snapshot-kib", (int) (usual.snapshotAfterBytes() / KIB), 1, MAX_KIB);
        var compaction =
                new Compaction(bytes, Math.min(usual.retainedBytes(), bytes / RETAINED_SHARE), usual.chunkBytes());
        return new RaftSettings(defaults.timing(), defaults.limits(), compaction, defaults.leaseDrift());
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Flags.orExit(args, RaftKvNode::settings);
        Node.run(KvMessage.class, RaftKvNode::new, args);
    }
}
