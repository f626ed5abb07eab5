package dev.gyre.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where a service sends to. Sending never blocks and never fails at once: a message may be lost, delayed or doubled on
 * its way, and a service that needs to know asks for a reply.
 *
 * <p>For the node's thread only.
 *
 * @param <M> the payloads that can be sent
 */
public interface Network<M> {
    /** The id of this node. */
    String nodeId();

    /** The ids of all nodes of the cluster, this one included, in the order that all of them see. */
    List<String> nodeIds();

    /** Sends a message that asks for no reply. */
    void send(String dest, M payload);

    /** Answers a request. */
    void reply(Request request, M payload);

    /** Answers a request with an error. */
    void reply(Request request, ErrorCode code, String text);

    /** Answers the request that a message is. */
    default void reply(Message<?> message, M payload) {
        reply(message.request(), payload);
    }

    /** Answers the request that a message is with an error. */
    default void reply(Message<?> message, ErrorCode code, String text) {
        reply(message.request(), code, text);
    }

    /**
     * Sends a request and promises its outcome: the reply's payload, or why there is none. The promise is completed on
     * the node's thread. A reply that comes after the time-out is dropped.
     *
     * <p>What a callback of the promise throws is answered to the request that was at hand when the call was made, as if
     * {@link Service#step} had thrown it there.
     *
     * @param timeout how long to wait, above zero; then the outcome is unknown, with {@link ErrorCode#TIMEOUT}
     */
    Promise<M> rpc(String dest, M payload, Duration timeout);

    /** Sends a message that asks for no reply to each neighbour. */
    default void broadcast(M payload) {
        for (var neighbour : neighbours()) {
            send(neighbour, payload);
        }
    }

    /** The nodes that {@link #broadcast} sends to: at first all nodes but this one. */
    List<String> neighbours();

    /** Makes the neighbours of this node those that a topology gives it. */
    default void useTopology(Topology topology) {
        useNeighbours(topology.neighbours(nodeId(), nodeIds()));
    }

    /**
     * Sets the neighbours. This node itself and repetitions are left out.
     *
     * @throws IllegalArgumentException when one is no node of the cluster
     */
    void useNeighbours(Collection<String> neighbours);
}
