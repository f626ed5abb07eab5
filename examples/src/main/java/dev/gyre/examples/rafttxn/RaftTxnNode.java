package dev.gyre.examples.rafttxn;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.SortedMap;
import java.util.TreeMap;

/** A replica of lists, on which whole transactions are done, one at a time. */
public final class RaftTxnNode extends ReplicatedNode<RaftTxnNode.Msg, RaftTxnNode.Lists> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Asks for a transaction. */
        record Txn(List<Op> txn) implements Msg {
            /** Refuses nulls among the operations. */
            public Txn {
                txn = List.copyOf(txn);
            }
        }

        /** The transaction is done: its operations again, with what was read. */
        record TxnOk(List<Op> txn) implements Msg {}
    }

    /** What an operation does. */
    public enum Kind {
        /** Reads a list. */
        @JsonProperty("r")
        READ,
        /** Appends an element to a list. */
        @JsonProperty("append")
        APPEND
    }

    /**
     * A part of a transaction; on the wire an array such as {@code ["append", 3, 7]}.
     *
     * @param value the element appended, or the list that was read; in a request to read it means nothing
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Op(Kind kind, long key, JsonNode value) {}

    /** The lists, by their keys. */
    public record Lists(SortedMap<Long, List<JsonNode>> elements) implements State<Msg> {
        @Override
        public boolean isRead(Msg request) {
            return request instanceof Msg.Txn(var ops) && ops.stream().allMatch(op -> op.kind() == Kind.READ);
        }

        @Override
        public Msg serve(Msg request) {
            return switch (request) {
                case Msg.Txn(var ops) ->
                    new Msg.TxnOk(ops.stream().map(this::run).toList());
                case Msg.TxnOk ok -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
            };
        }

        private Op run(Op op) {
            return switch (op.kind()) {
                case READ -> {
                    var list = JsonNodeFactory.instance.arrayNode();
                    yield new Op(Kind.READ, op.key(), list.addAll(elements.getOrDefault(op.key(), List.of())));
                }
                case APPEND -> {
                    elements.computeIfAbsent(op.key(), first -> new ArrayList<>())
                            .add(op.value());
                    yield op;
                }
            };
        }
    }

    /** A replica of lists that are empty at first. */
    public RaftTxnNode(NodeContext<Msg, RaftEvent<Command<Msg>>> node) {
        super(node, Msg.class, Lists.class, new Lists(new TreeMap<>()));
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, RaftTxnNode::new, Flags.none(args));
    }
}
