package dev.gyre.core.loop;

import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.EventSender;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.Timer;
import dev.gyre.core.Timers;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One part of a node: its own service or an embedded one, with the protocol, timers and signals that are its alone. */
final class Endpoint<M, S> implements NodeContext<M, S>, Timers<S>, EventSender<S> {
    private final NodeLoop node;
    private final PayloadTypes<M> types;
    private final Network<M> network;
    private Optional<Service<M, S>> service = Optional.empty();

    Endpoint(NodeLoop node, PayloadTypes<M> types) {
        this.node = node;
        this.types = types;
        this.network = new EndpointNetwork<>(node, types);
    }

    void start(Service<M, S> made) {
        service = Optional.of(made);
    }

    PayloadTypes<M> types() {
        return types;
    }

    void receive(Incoming incoming, M payload) {
        var body = new Body<>(incoming.msgId(), incoming.inReplyTo(), payload);
        var message = new Message<>(incoming.src(), incoming.dest(), body);
        node.guard(message, () -> step(new Event.Received<>(message)));
    }

    void deliver(Event<M, S> event) {
        node.guard(null, () -> step(event));
    }

    private void step(Event<M, S> event) {
        service.orElseThrow(() -> new IllegalStateException("an event before the service was made: " + event))
                .step(event, network);
    }

    @Override
    public Network<M> network() {
        return network;
    }

    @Override
    public List<String> arguments() {
        return node.arguments;
    }

    @Override
    public long nowNanos() {
        return node.port.nowNanos();
    }

    @Override
    public RandomGenerator random() {
        return node.port.random();
    }

    @Override
    public Storage storage() {
        return new LoopStorage(node, node.port.storage());
    }

    @Override
    public Timers<S> timers() {
        return this;
    }

    @Override
    public EventSender<S> signals() {
        return this;
    }

    @Override
    public EventSender<S> vitalSignals() {
        return signal -> node.signal(() -> node.guard(null, () -> stepOrEnd(signal)));
    }

    @Override
    public <T> Promise<T> guarded(Promise<T> promise) {
        return node.guarded(promise);
    }

    private void stepOrEnd(S signal) {
        try {
            step(new Event.Signal<>(signal));
        } catch (InvariantViolation | StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvariantViolation(node.nodeId + " failed on what it may not skip, " + signal + ": " + e, e);
        }
    }

    @Override
    public void send(S signal) {
        node.signal(() -> deliver(new Event.Signal<>(signal)));
    }

    @Override
    public Timer after(Duration delay, S signal) {
        return node.timers.after(delay, () -> deliver(new Event.Signal<>(signal)));
    }

    @Override
    public Timer every(Duration period, S signal) {
        return node.timers.every(period, () -> deliver(new Event.Signal<>(signal)));
    }

    @Override
    public <P> Network<P> networkFor(Class<P> payloads) {
        return new EndpointNetwork<>(node, PayloadTypes.of(payloads));
    }

    @Override
    public <P, Q, T extends Service<P, Q>> T embed(Class<P> payloads, Function<NodeContext<P, Q>, T> factory) {
        var part = new Endpoint<P, Q>(node, PayloadTypes.of(payloads));
        node.addRoutes(part.types, part);
        var made = factory.apply(part);
        part.start(made);
        return made;
    }
}
