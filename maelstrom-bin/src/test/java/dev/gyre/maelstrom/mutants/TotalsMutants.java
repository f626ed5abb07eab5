package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Request;
import dev.gyre.core.Service;
import dev.gyre.examples.rafttotals.RaftTotalsNode;
import dev.gyre.examples.rafttotals.RaftTotalsNode.Msg;
import dev.gyre.examples.rafttotals.RaftTotalsNode.Totals;
import dev.gyre.examples.replicated.Command;
import dev.gyre.examples.replicated.ReplicatedNode;
import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.raft.RaftEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Wrong nodes for {@code keyed-totals}. */
final class TotalsMutants {
    private static final Twist<Msg, RaftEvent<Command<Msg>>> TOTALS = new Twist<>(Msg.class, RaftTotalsNode::new);

    /** One add in so many is treated wrongly. */
    private static final int WRONG_EVERY = 20;

    private static final String LOST = "\\(lost-add\\)|\\(stale-total\\)";

    private TotalsMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of("keyed-totals", "loses an add now and then", "\\(lost-add\\)", sometimes(value -> 0)),
                Mutant.of("keyed-totals", "counts an add twice now and then", "doubled-add", sometimes(it -> 2 * it)),
                Mutant.of("keyed-totals", "adds again when the outcome is unknown", "doubled-add", addedAgain()),
                Mutant.of("keyed-totals", "acknowledges before it is committed", LOST, hasty()),
                Mutant.of("keyed-totals", "acknowledges before the disk", LOST, TOTALS.storage(HastyStorage::new))
                        .rare(),
                Mutant.of(
                        "keyed-totals",
                        "reads its replica without asking whether it is up to date",
                        "\\(stale-total\\)",
                        new Program<Msg, RaftEvent<Command<Msg>>>(Msg.class, Unasked::new)),
                Mutant.of("keyed-totals", "shows one more than there is", "\\(invented-value\\)", oneMore()),
                Mutant.of("keyed-totals", "tells what is unknown as failed", "\\(failed-add\\)", unknownIsFailed()));
    }

    private static Program<?, ?> sometimes(LongUnaryOperator wrong) {
        return TOTALS.receives(() -> {
            var count = new int[1];
            return payload -> payload instanceof Msg.Add(var key, long value) && ++count[0] % WRONG_EVERY == 0
                    ? new Msg.Add(key, wrong.applyAsLong(value))
                    : payload;
        });
    }

    private static Program<?, ?> oneMore() {
        return TOTALS.sends(
                payload -> payload instanceof Msg.TotalOk(long value) ? new Msg.TotalOk(value + 1) : payload);
    }

    private static Program<?, ?> unknownIsFailed() {
        return TOTALS.network(network -> new TwistedNetwork<>(network) {
            @Override
            public void reply(Request request, ErrorCode code, String text) {
                super.reply(request, code.equals(ErrorCode.TIMEOUT) ? ErrorCode.TEMPORARILY_UNAVAILABLE : code, text);
            }
        });
    }

    /** An add of which nobody knows whether it was made is made, whatever became of it. */
    private static Program<?, ?> addedAgain() {
        return new Program<Msg, RaftEvent<Command<Msg>>>(Msg.class, node -> {
            var service = new RaftTotalsNode(node);
            Map<Request, Message<Msg>> asked = new HashMap<>();
            var network = new TwistedNetwork<>(node.network()) {
                @Override
                public void reply(Request request, ErrorCode code, String text) {
                    var message = asked.get(request);
                    if (code.equals(ErrorCode.TIMEOUT) && message != null) {
                        service.step(new Event.Received<>(message), this);
                    } else {
                        super.reply(request, code, text);
                    }
                }
            };
            return (event, unused) -> {
                if (event instanceof Event.Received<Msg, RaftEvent<Command<Msg>>>(var message)) {
                    asked.put(message.request(), message);
                }
                service.step(event, network);
            };
        });
    }

    /** Says that an add counts as soon as it hears of it, and nothing of it after that. */
    private static Program<?, ?> hasty() {
        return new Program<Msg, RaftEvent<Command<Msg>>>(Msg.class, node -> {
            var service = new RaftTotalsNode(node);
            Map<Request, Boolean> answered = new HashMap<>();
            var network = new TwistedNetwork<>(node.network()) {
                @Override
                public void reply(Request request, Msg payload) {
                    if (!answered.containsKey(request)) {
                        super.reply(request, payload);
                    }
                }

                @Override
                public void reply(Request request, ErrorCode code, String text) {
                    if (!answered.containsKey(request)) {
                        super.reply(request, code, text);
                    }
                }
            };
            return (event, direct) -> {
                if (event instanceof Event.Received<Msg, RaftEvent<Command<Msg>>>(var message)
                        && message.payload() instanceof Msg.Add) {
                    direct.reply(message, new Msg.AddOk());
                    answered.put(message.request(), true);
                }
                service.step(event, network);
            };
        });
    }

    /** Reads what it has. */
    private static final class Unasked implements Service<Msg, RaftEvent<Command<Msg>>> {
        private final Totals totals = new Totals(new TreeMap<>());
        private final Replica replica;

        Unasked(NodeContext<Msg, RaftEvent<Command<Msg>>> node) {
            replica = new Replica(node, totals);
        }

        @Override
        public void step(Event<Msg, RaftEvent<Command<Msg>>> event, Network<Msg> network) {
            if (event instanceof Event.Received<Msg, RaftEvent<Command<Msg>>>(var message)
                    && message.payload() instanceof Msg.Total) {
                network.reply(message, totals.serve(message.payload()));
            } else {
                replica.step(event, network);
            }
        }
    }

    private static final class Replica extends ReplicatedNode<Msg, Totals> {
        Replica(NodeContext<Msg, RaftEvent<Command<Msg>>> node, Totals totals) {
            super(node, Msg.class, Totals.class, totals);
        }
    }
}
