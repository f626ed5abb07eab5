package dev.gyre.maelstrom.mutants;

import dev.gyre.core.EventSender;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.core.Storage;
import dev.gyre.core.Timers;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A node's context, passed on as it is. What is wrong with it is overridden. */
public class TwistedNode<M, S> implements NodeContext<M, S> {
    private final NodeContext<M, S> node;

    /** Passes all of this one on. */
    protected TwistedNode(NodeContext<M, S> node) {
        this.node = node;
    }

    @Override
    public List<String> arguments() {
        return node.arguments();
    }

    @Override
    public Network<M> network() {
        return node.network();
    }

    @Override
    public Timers<S> timers() {
        return node.timers();
    }

    @Override
    public EventSender<S> signals() {
        return node.signals();
    }

    @Override
    public <T> Promise<T> guarded(Promise<T> promise) {
        return node.guarded(promise);
    }

    @Override
    public EventSender<S> vitalSignals() {
        return node.vitalSignals();
    }

    @Override
    public long nowNanos() {
        return node.nowNanos();
    }

    @Override
    public RandomGenerator random() {
        return node.random();
    }

    @Override
    public Storage storage() {
        return node.storage();
    }

    @Override
    public <P> Network<P> networkFor(Class<P> payloads) {
        return node.networkFor(payloads);
    }

    @Override
    public <P, Q, T extends Service<P, Q>> T embed(Class<P> payloads, Function<NodeContext<P, Q>, T> factory) {
        return node.embed(payloads, factory);
    }
}
