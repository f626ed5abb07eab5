package dev.gyre.core;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All that a service may use of the world, given to its factory by the host. What is not deterministic comes from here
 * and nowhere else. For the node's thread only.
 *
 * @param <M> the payloads of the service
 * @param <S> its local signals
 */
public interface NodeContext<M, S> {
    /** The id of this node. */
    default String nodeId() {
        return network().nodeId();
    }

    /** The ids of all nodes of the cluster, this one included, in the order that all of them see. */
    default List<String> nodeIds() {
        return network().nodeIds();
    }

    /** The arguments that the node was started with. */
    List<String> arguments();

    /** The network of the service: the same that each {@link Service#step} is given. */
    Network<M> network();

    /** Timers that signal this service. */
    Timers<S> timers();

    /** Signals from this service to itself, each an event of its own after the present one. */
    EventSender<S> signals();

    /**
     * Signals like {@link #signals}, which the service must take without an exception: one ends the node with an {@link InvariantViolation}
     * that names the signal. For what may not be skipped, as an entry of a replicated log.
     */
    EventSender<S> vitalSignals();

    /**
     * A promise with the outcome of another, for a part that promises something to the service around it: what its callbacks throw is answered to
     * the request that is at hand now, as with {@linkplain Network#rpc calls}.
     */
    <T> Promise<T> guarded(Promise<T> promise);

    /** The time since some fixed moment, in nanoseconds; never goes backwards. */
    long nowNanos();

    /** The node's random numbers: in a simulation fixed by the seed. */
    RandomGenerator random();

    /**
     * The node's files: the same for all of its parts. On standard streams they lie in the folder that {@code --data-dir}
     * names, and only last as long as the process when there is none; in a simulation they are on a disk that crashes and fails.
     */
    Storage storage();

    /**
     * A network on which to call nodes that speak another protocol, such as a key-value service. Only replies come back
     * on it: requests of that protocol are answered by an {@linkplain #embed embedded} service or not at all.
     *
     * @param payloads the sealed interface of that protocol's records, requests and replies
     */
    <P> Network<P> networkFor(Class<P> payloads);

    /**
     * Makes a service a part of this node. Messages of its payloads and its own signals go to it alone. What it has to
     * tell the service around it, it sends as signals, through an {@link EventSender} that its factory takes from here:
     * {@code signals().map(…)}.
     *
     * @param payloads the sealed interface of its payloads, with type names that no other part of this node uses
     * @param factory makes the service
     * @return the service
     * @throws IllegalArgumentException when a type name is taken
     * @throws IllegalStateException when the node runs already: parts are embedded while it is made
     */
    <P, Q, T extends Service<P, Q>> T embed(Class<P> payloads, Function<NodeContext<P, Q>, T> factory);
}
