package dev.gyre.examples;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.EventSender;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.Timer;
import dev.gyre.core.Timers;
import dev.gyre.core.Topology;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One node of a {@link VirtualCluster}, in one of its lives. */
final class VirtualNode<M, S> implements NodeContext<M, S>, Timers<S> {
    private final VirtualCluster<M, S> cluster;
    private final String id;
    private final RandomGenerator random;
    private final Network<M> network;
    private final Map<Long, Consumer<Object>> calls = new TreeMap<>();
    private Service<M, S> service = (event, net) -> {};
    private Optional<Request> current = Optional.empty();
    private boolean isAlive = true;

    VirtualNode(VirtualCluster<M, S> cluster, String id, Class<M> payloads) {
        this.cluster = cluster;
        this.id = id;
        this.random = cluster.random().split();
        this.network = new VirtualNetwork<>(payloads);
    }

    Service<M, S> start(ServiceFactory<M, S> factory) {
        service = factory.create(this);
        return service;
    }

    void kill() {
        isAlive = false;
    }

    void receive(Message<M> message) {
        guard(Optional.of(message.request()), () -> service.step(new Event.Received<>(message), network));
    }

    void complete(long msgId, Object reply) {
        var call = calls.remove(msgId);
        if (call != null && isAlive) {
            call.accept(reply);
        }
    }

    /** An error that is thrown answers the request that is served. */
    private void guard(Optional<Request> request, Runnable action) {
        current = request;
        try {
            action.run();
        } catch (RpcError e) {
            network.reply(request.orElseThrow(), e.code(), e.text());
        } finally {
            current = Optional.empty();
        }
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public Network<M> network() {
        return network;
    }

    @Override
    public Timers<S> timers() {
        return this;
    }

    @Override
    public EventSender<S> signals() {
        throw new UnsupportedOperationException("no example sends itself signals");
    }

    @Override
    public long nowNanos() {
        return cluster.nowNanos();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public <P> Network<P> networkFor(Class<P> payloads) {
        return new VirtualNetwork<>(payloads);
    }

    @Override
    public <P, Q, T extends Service<P, Q>> T embed(Class<P> payloads, Function<NodeContext<P, Q>, T> factory) {
        throw new UnsupportedOperationException("no example has parts");
    }

    @Override
    public Timer after(Duration delay, S signal) {
        return new VirtualTimer(delay, false, signal);
    }

    @Override
    public Timer every(Duration period, S signal) {
        return new VirtualTimer(period, true, signal);
    }

    private final class VirtualTimer implements Timer {
        private final boolean isPeriodic;
        private final S signal;
        private Duration delay;
        private long generation;
        private boolean isActive;

        VirtualTimer(Duration delay, boolean isPeriodic, S signal) {
            this.delay = delay;
            this.isPeriodic = isPeriodic;
            this.signal = signal;
            reset();
        }

        @Override
        public void cancel() {
            generation++;
            isActive = false;
        }

        @Override
        public void reset() {
            cancel();
            isActive = true;
            long set = generation;
            cluster.at(delay, () -> {
                if (isAlive && set == generation) {
                    fire();
                }
            });
        }

        private void fire() {
            isActive = false;
            if (isPeriodic) {
                reset();
            }
            guard(Optional.empty(), () -> service.step(new Event.Signal<>(signal), network));
        }

        @Override
        public void reset(Duration newDelay) {
            delay = newDelay;
            reset();
        }

        @Override
        public boolean isActive() {
            return isActive;
        }
    }

    private final class VirtualNetwork<P> implements Network<P> {
        private final Class<P> payloads;
        private List<String> neighbours = Topology.mesh().neighbours(id, cluster.nodeIds());

        VirtualNetwork(Class<P> payloads) {
            this.payloads = payloads;
        }

        @Override
        public String nodeId() {
            return id;
        }

        @Override
        public List<String> nodeIds() {
            return cluster.nodeIds();
        }

        @Override
        public void send(String dest, P payload) {
            cluster.request(id, dest, OptionalLong.empty(), payload);
        }

        @Override
        public void reply(Request request, P payload) {
            cluster.reply(id, request.src(), request.msgId(), payload);
        }

        @Override
        public void reply(Request request, ErrorCode code, String text) {
            cluster.reply(id, request.src(), request.msgId(), new RpcError(code, text));
        }

        @Override
        public Promise<P> rpc(String dest, P payload, Duration timeout) {
            long msgId = cluster.nextId();
            var promise = new Promise<P>();
            var served = current;
            calls.put(
                    msgId,
                    reply -> guard(
                            served,
                            () -> promise.complete(
                                    reply instanceof RpcError error
                                            ? Outcome.of(error)
                                            : new Outcome.Ok<>(payloads.cast(reply)))));
            cluster.request(id, dest, OptionalLong.of(msgId), payload);
            cluster.at(timeout, () -> complete(msgId, new RpcError(ErrorCode.TIMEOUT, dest + " did not answer")));
            return promise;
        }

        @Override
        public List<String> neighbours() {
            return neighbours;
        }

        @Override
        public void useNeighbours(Collection<String> chosen) {
            neighbours = chosen.stream().filter(other -> !other.equals(id)).toList();
        }
    }
}
