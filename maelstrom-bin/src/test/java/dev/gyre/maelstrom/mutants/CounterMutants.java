package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.kv.KvClient;
import dev.gyre.examples.counter.GCounterNode;
import dev.gyre.examples.counter.PnCounterNode;
import dev.gyre.examples.counter.PnCounterNode.Sums;
import dev.gyre.maelstrom.simulate.Program;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Wrong nodes for {@code g-counter} and {@code pn-counter}. */
final class CounterMutants {
    private static final Twist<GCounterNode.Msg, GCounterNode.Signal> G_COUNTER =
            new Twist<>(GCounterNode.Msg.class, GCounterNode::new);
    private static final Twist<PnCounterNode.Msg, PnCounterNode.Signal> PN_COUNTER =
            new Twist<>(PnCounterNode.Msg.class, PnCounterNode::new);
    private static final String WRONG_SUM = "A final read shows";

    private CounterMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "g-counter",
                        "writes one key instead of compare-and-set",
                        WRONG_SUM,
                        new Twist<>(
                                        GCounterNode.Msg.class,
                                        (NodeContext<GCounterNode.Msg, GCounterNode.Signal> node) ->
                                                new OneKey(node, true))
                                .kvCalls(() -> KvTwists.casIsWrite(cas -> true))),
                Mutant.of(
                                "g-counter",
                                "writes its own key instead of compare-and-set",
                                WRONG_SUM,
                                G_COUNTER.kvCalls(() -> KvTwists.casIsWrite(cas -> true)))
                        .rare(),
                Mutant.of(
                        "g-counter",
                        "reads without writing first",
                        WRONG_SUM,
                        G_COUNTER.kvCalls(KvTwists::writesNothing)),
                Mutant.of(
                        "g-counter",
                        "does not look what an earlier life stored",
                        WRONG_SUM,
                        G_COUNTER.kvCalls(KvTwists::firstReadFindsNothing)),
                Mutant.of("g-counter", "adds again when no reply came", WRONG_SUM, oneKey(true))
                        .rare(),
                Mutant.of("g-counter", "acknowledges before it is stored", WRONG_SUM, oneKey(false)),
                Mutant.of("pn-counter", "merges by sum instead of maximum", WRONG_SUM, summed()),
                Mutant.of(
                        "pn-counter",
                        "does not pass on what was taken away",
                        WRONG_SUM,
                        gossips(sums -> mapped(sums, one -> new Sums(one.up(), 0)))),
                Mutant.of("pn-counter", "passes on itself alone", WRONG_SUM, selfOnly()));
    }

    /** All nodes add to one key, each with a read and a compare-and-set, until that works. */
    private static Program<?, ?> oneKey(boolean waits) {
        return new Program<GCounterNode.Msg, GCounterNode.Signal>(
                GCounterNode.Msg.class, node -> new OneKey(node, waits));
    }

    private static final class OneKey implements Service<GCounterNode.Msg, GCounterNode.Signal> {
        private final KvClient<Long> kv;
        private final Network<GCounterNode.Msg> network;
        private final boolean waits;

        OneKey(NodeContext<GCounterNode.Msg, GCounterNode.Signal> node, boolean waits) {
            kv = KvClient.linKv(node, Long.class);
            network = node.network();
            this.waits = waits;
        }

        @Override
        public void step(Event<GCounterNode.Msg, GCounterNode.Signal> event, Network<GCounterNode.Msg> net) {
            if (!(event instanceof Event.Received<GCounterNode.Msg, GCounterNode.Signal>(var message))) {
                return;
            }
            if (message.payload() instanceof GCounterNode.Msg.Add(long delta)) {
                if (!waits) {
                    network.reply(message, new GCounterNode.Msg.AddOk());
                }
                add(message, delta);
            } else {
                kv.readOr("sum", 0L)
                        .whenDone(sum -> network.reply(message, new GCounterNode.Msg.ReadOk(sum.orThrow())));
            }
        }

        private void add(Message<GCounterNode.Msg> message, long delta) {
            kv.readOr("sum", 0L).whenDone(sum -> {
                if (sum instanceof Outcome.Ok<Long>(Long from)) {
                    kv.createOrCompareAndSet("sum", from, from + delta)
                            .whenDone(outcome -> added(message, delta, outcome));
                } else if (waits) {
                    throw new RpcError(ErrorCode.TEMPORARILY_UNAVAILABLE, "lin-kv does not answer");
                }
            });
        }

        private void added(Message<GCounterNode.Msg> message, long delta, Outcome<Long> outcome) {
            if (!(outcome instanceof Outcome.Ok)) {
                add(message, delta);
            } else if (waits) {
                network.reply(message, new GCounterNode.Msg.AddOk());
            }
        }
    }

    private static Program<?, ?> gossips(Function<Map<String, Sums>, Map<String, Sums>> twist) {
        return PN_COUNTER.sends(payload -> payload instanceof PnCounterNode.Msg.Merge(var sums)
                ? new PnCounterNode.Msg.Merge(twist.apply(sums))
                : payload);
    }

    private static Map<String, Sums> mapped(Map<String, Sums> sums, Function<Sums, Sums> change) {
        var changed = new TreeMap<String, Sums>();
        sums.forEach((name, one) -> changed.put(name, change.apply(one)));
        return changed;
    }

    /** What comes is added to what came before, so that a replica seems to have counted it all. */
    private static Program<?, ?> summed() {
        return PN_COUNTER.receives(() -> {
            var heard = new TreeMap<String, Sums>();
            return payload -> {
                if (payload instanceof PnCounterNode.Msg.Merge(var sums)) {
                    sums.forEach((name, one) ->
                            heard.merge(name, one, (a, b) -> new Sums(a.up() + b.up(), a.down() + b.down())));
                    return new PnCounterNode.Msg.Merge(new TreeMap<>(heard));
                }
                return payload;
            };
        });
    }

    /** Each replica is told of to its first neighbour only, and nobody passes it on. */
    private static Program<?, ?> selfOnly() {
        return PN_COUNTER.network(network -> new TwistedNetwork<>(network) {
            @Override
            public List<String> neighbours() {
                return super.neighbours().subList(0, 1);
            }

            @Override
            public void send(String dest, PnCounterNode.Msg payload) {
                if (payload instanceof PnCounterNode.Msg.Merge(var sums)) {
                    var own = new TreeMap<>(sums);
                    own.keySet().removeIf(name -> !name.startsWith(nodeId() + "-"));
                    super.send(dest, new PnCounterNode.Msg.Merge(own));
                }
            }
        });
    }
}
