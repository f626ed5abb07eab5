package dev.gyre.maelstrom.mutants;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.examples.Once;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Transactions over lists, strict-serializable: the first node of the cluster does them all, one at a time, and the others pass
 * theirs on to it. So who cannot reach the first node is not served, and what that node has is gone when it crashes. It is right but for
 * that; its mutants break what goes between the nodes.
 */
final class FirstNodeTxn implements Service<FirstNodeTxn.Msg, Void> {
    /** What this node understands. */
    sealed interface Msg {
        /** Asks for a transaction. */
        record Txn(List<Op> txn) implements Msg {}

        /** The transaction is done: its operations again, with what was read. */
        record TxnOk(List<Op> txn) implements Msg {}

        /**
         * From node to first node: a client's transaction, answered by {@link TxnOk}.
         *
         * @param sender the name of the node in this life
         * @param number the sender's number for it, so that it is done once although it may arrive twice
         */
        record Forward(String sender, long number, List<Op> txn) implements Msg {}
    }

    /** What an operation does. */
    enum Kind {
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
    record Op(Kind kind, long key, JsonNode value) {}

    /** How long the first node has to answer: then the client is told that nobody knows, which is the truth. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Network<Msg> network;
    private final String sender;
    private final IdCounter numbers = new IdCounter();
    private final Once<List<Op>> forwarded = new Once<>();
    private final SortedMap<Long, List<JsonNode>> lists = new TreeMap<>();

    /** A node that has no lists yet. */
    FirstNodeTxn(NodeContext<Msg, Void> node) {
        network = node.network();
        sender = node.nodeId() + "-" + Long.toHexString(node.random().nextLong());
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> net) {
        if (event instanceof Event.Received(var message)) {
            receive(message);
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Txn(var ops) -> {
                var first = network.nodeIds().getFirst();
                if (first.equals(network.nodeId())) {
                    network.reply(message, new Msg.TxnOk(run(ops)));
                } else {
                    network.rpc(first, new Msg.Forward(sender, numbers.next(), ops), PATIENCE)
                            .whenDone(outcome -> network.reply(message, outcome.orThrow()));
                }
            }
            case Msg.Forward(var from, long number, var ops) ->
                network.reply(message, new Msg.TxnOk(forwarded.answer(from, number, () -> run(ops))));
            case Msg.TxnOk ok -> {}
        }
    }

    private List<Op> run(List<Op> ops) {
        var done = new ArrayList<Op>();
        for (var op : ops) {
            var list = lists.computeIfAbsent(op.key(), first -> new ArrayList<>());
            switch (op.kind()) {
                case READ ->
                    done.add(new Op(
                            Kind.READ,
                            op.key(),
                            JsonNodeFactory.instance.arrayNode().addAll(list)));
                case APPEND -> {
                    list.add(op.value());
                    done.add(op);
                }
            }
        }
        return done;
    }
}
