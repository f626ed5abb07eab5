package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Body;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.Storage;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.maelstrom.simulate.Program;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Breaks a right node from outside: by what it is told, what it says, and what it is given to work with.
 *
 * @param <M> the payloads of the node
 * @param <S> its signals
 * @param payloads as a class
 * @param right makes the right node
 */
record Twist<M, S>(Class<M> payloads, ServiceFactory<M, S> right) {
    /** What becomes of a call of the node. */
    @FunctionalInterface
    interface Call<P> {
        Promise<P> rpc(Network<P> network, String dest, P payload, Duration timeout);

        /** Asks once more when no reply came, as if nothing could have happened yet. */
        static <P> Call<P> sentAgain() {
            return (network, dest, payload, timeout) -> network.rpc(dest, payload, timeout)
                    .then(outcome -> outcome instanceof Outcome.Unknown
                            ? network.rpc(dest, payload, timeout)
                            : Promise.of(outcome));
        }

        /** Takes what nobody knows for what did not happen. */
        static <P> Call<P> unknownIsFailed() {
            return (network, dest, payload, timeout) -> network.rpc(dest, payload, timeout)
                    .then(outcome -> Promise.of(
                            outcome instanceof Outcome.Unknown
                                    ? new Outcome.Failed<P>(
                                            new RpcError(ErrorCode.TEMPORARILY_UNAVAILABLE, dest + " did not answer"))
                                    : outcome));
        }
    }

    /** The node with another network, made anew for each of its lives. */
    Program<M, S> network(UnaryOperator<Network<M>> twist) {
        return new Program<>(payloads, node -> {
            var twisted = twist.apply(node.network());
            var service = right.create(new TwistedNode<>(node) {
                @Override
                public Network<M> network() {
                    return twisted;
                }
            });
            return (event, network) -> service.step(event, twisted);
        });
    }

    /** The node alone in the world, as far as it knows. */
    Program<M, S> alone() {
        return network(network -> new TwistedNetwork<>(network) {
            @Override
            public List<String> nodeIds() {
                return List.of(nodeId());
            }
        });
    }

    /** The node with other calls to other nodes. */
    Program<M, S> calls(Supplier<Call<M>> twist) {
        return network(network -> {
            var call = twist.get();
            return new TwistedNetwork<>(network) {
                @Override
                public Promise<M> rpc(String dest, M payload, Duration timeout) {
                    return call.rpc(network, dest, payload, timeout);
                }
            };
        });
    }

    /** The node with other calls to the services for keys and values. */
    Program<M, S> kvCalls(Supplier<Call<KvMessage>> twist) {
        return new Program<>(payloads, node -> {
            var call = twist.get();
            return right.create(new TwistedNode<>(node) {
                @Override
                public <P> Network<P> networkFor(Class<P> asked) {
                    var kv = node.networkFor(KvMessage.class);
                    return new TwistedNetwork<>(node.networkFor(asked)) {
                        @Override
                        public Promise<P> rpc(String dest, P payload, Duration timeout) {
                            return payload instanceof KvMessage message
                                    ? call.rpc(kv, dest, message, timeout).map(asked::cast)
                                    : super.rpc(dest, payload, timeout);
                        }
                    };
                }
            });
        });
    }

    /** The node that sends and replies something else. */
    Program<M, S> sends(UnaryOperator<M> twist) {
        return network(network -> new TwistedNetwork<>(network) {
            @Override
            public void send(String dest, M payload) {
                super.send(dest, twist.apply(payload));
            }

            @Override
            public void reply(Request request, M payload) {
                super.reply(request, twist.apply(payload));
            }
        });
    }

    /** The node that understands something else. */
    Program<M, S> receives(Supplier<UnaryOperator<M>> twists) {
        return new Program<>(payloads, node -> {
            var twist = twists.get();
            var service = right.create(node);
            return (event, network) -> service.step(
                    event instanceof Event.Received<M, S>(var message)
                            ? new Event.Received<>(changed(message, twist))
                            : event,
                    network);
        });
    }

    private static <M> Message<M> changed(Message<M> message, UnaryOperator<M> twist) {
        var body = message.body();
        return new Message<>(
                message.src(), message.dest(), new Body<>(body.msgId(), body.inReplyTo(), twist.apply(body.payload())));
    }

    /** The node with another disk. */
    Program<M, S> storage(UnaryOperator<Storage> twist) {
        return new Program<>(payloads, node -> {
            var twisted = twist.apply(node.storage());
            return right.create(new TwistedNode<>(node) {
                @Override
                public Storage storage() {
                    return twisted;
                }
            });
        });
    }

    /** The node that takes its chances, in each of its lives, from what its name gives. */
    Program<M, S> random(Function<String, RandomGenerator> twist) {
        return new Program<>(payloads, node -> {
            var twisted = twist.apply(node.nodeId());
            return right.create(new TwistedNode<>(node) {
                @Override
                public RandomGenerator random() {
                    return twisted;
                }
            });
        });
    }

    /** A node that hears only of some events. */
    Program<M, S> hears(Supplier<Ear<M, S>> ears) {
        return new Program<>(payloads, (NodeContext<M, S> node) -> {
            var ear = ears.get();
            var service = right.create(node);
            return (event, network) -> {
                if (ear.hears(event)) {
                    service.step(event, network);
                }
            };
        });
    }

    /** Which events get through. */
    @FunctionalInterface
    interface Ear<M, S> {
        boolean hears(Event<M, S> event);
    }
}
