package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.examples.txn.TxnRwRegisterNode;
import dev.gyre.maelstrom.mutants.FirstNodeTxn.Kind;
import dev.gyre.maelstrom.mutants.FirstNodeTxn.Msg;
import dev.gyre.maelstrom.mutants.FirstNodeTxn.Op;
import dev.gyre.maelstrom.simulate.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Wrong nodes for {@code txn-list-append} and {@code txn-rw-register}. */
final class TxnMutants {
    private static final Twist<Msg, Void> LISTS = new Twist<>(Msg.class, FirstNodeTxn::new);

    private TxnMutants() {}

    static List<Mutant> all() {
        var mutants = new ArrayList<Mutant>();
        mutants.addAll(List.of(
                Mutant.of(
                        "txn-list-append",
                        "lists of its own on each node",
                        "incompatible-order|realtime",
                        LISTS.alone()),
                Mutant.of(
                        "txn-list-append",
                        "one operation after another",
                        "G-|G1|G2|G0|internal|lost-update",
                        inParts()),
                Mutant.of("txn-list-append", "reads what the node saw last", "G-single|G2|G-nonadj", cachedReads()),
                Mutant.of(
                        "txn-list-append",
                        "acknowledges what nobody confirmed",
                        "G-|G2|incompatible-order",
                        confident()),
                Mutant.of(
                        "txn-list-append",
                        "tells what is unknown as failed",
                        "G1a",
                        LISTS.calls(Twist.Call::unknownIsFailed)),
                Mutant.of(
                        "txn-list-append",
                        "serves a message each time that it comes",
                        "duplicate-elements",
                        servedTwice())));
        for (var flaw : RegisterReplica.Flaw.values()) {
            var mutant = Mutant.of(
                    "txn-rw-register",
                    flaw.text,
                    flaw.anomaly,
                    new Program<TxnRwRegisterNode.Msg, TxnRwRegisterNode.Signal>(
                            TxnRwRegisterNode.Msg.class, node -> new RegisterReplica(node, flaw)));
            mutants.add(flaw.isRare ? mutant.rare() : mutant);
        }
        return mutants;
    }

    /** Each operation is a transaction of its own at the first node. */
    private static Program<?, ?> inParts() {
        return new Program<Msg, Void>(Msg.class, InParts::new);
    }

    private static final class InParts implements Service<Msg, Void> {
        private final Service<Msg, Void> right;
        private final String sender;
        private final IdCounter numbers = new IdCounter();

        InParts(NodeContext<Msg, Void> node) {
            right = new FirstNodeTxn(node);
            sender = node.nodeId() + "-" + Long.toHexString(node.random().nextLong());
        }

        @Override
        public void step(Event<Msg, Void> event, Network<Msg> network) {
            if (event instanceof Event.Received<Msg, Void>(var message)
                    && message.payload() instanceof Msg.Txn(var ops)
                    && !network.nodeId().equals(network.nodeIds().getFirst())) {
                next(message, ops, new ArrayList<>(), network);
            } else {
                right.step(event, network);
            }
        }

        private void next(Message<Msg> message, List<Op> ops, List<Op> done, Network<Msg> network) {
            if (done.size() == ops.size()) {
                network.reply(message, new Msg.TxnOk(done));
                return;
            }
            var part = new Msg.Forward(sender, numbers.next(), List.of(ops.get(done.size())));
            network.rpc(network.nodeIds().getFirst(), part, Duration.ofSeconds(1))
                    .whenDone(outcome -> {
                        if (outcome.orThrow() instanceof Msg.TxnOk(var answer)) {
                            done.addAll(answer);
                            next(message, ops, done, network);
                        }
                    });
        }
    }

    /** Transactions that only read lists which the node has seen are answered with those. */
    private static Program<?, ?> cachedReads() {
        return LISTS.calls(() -> {
            var cache = new TreeMap<Long, Op>();
            return (network, dest, payload, timeout) -> {
                if (payload instanceof Msg.Forward forward
                        && forward.txn().stream()
                                .allMatch(op -> op.kind() == Kind.READ && cache.containsKey(op.key()))) {
                    return Promise.of(new Outcome.Ok<>(new Msg.TxnOk(forward.txn().stream()
                            .map(op -> cache.getOrDefault(op.key(), op))
                            .toList())));
                }
                return network.rpc(dest, payload, timeout).map(reply -> {
                    if (reply instanceof Msg.TxnOk(var done)) {
                        done.stream().filter(op -> op.kind() == Kind.READ).forEach(op -> cache.put(op.key(), op));
                    }
                    return reply;
                });
            };
        });
    }

    /** Transactions that only append need no answer to be answered. */
    private static Program<?, ?> confident() {
        return LISTS.calls(() -> (network, dest, payload, timeout) -> network.rpc(dest, payload, timeout)
                .then(outcome -> Promise.of(
                        outcome instanceof Outcome.Unknown
                                        && payload instanceof Msg.Forward forward
                                        && forward.txn().stream().allMatch(op -> op.kind() == Kind.APPEND)
                                ? new Outcome.Ok<>(new Msg.TxnOk(forward.txn()))
                                : outcome)));
    }

    private static Program<?, ?> servedTwice() {
        return LISTS.receives(() -> {
            var numbers = new IdCounter();
            return payload -> payload instanceof Msg.Forward forward
                    ? new Msg.Forward(forward.sender(), numbers.next(), forward.txn())
                    : payload;
        });
    }
}
