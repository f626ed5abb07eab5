package dev.gyre.core.kv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.codec.Json;
import java.time.Duration;

/**
 * A client of one of the key-value services. Keys are anything that Jackson writes; values are of one type.
 *
 * <p>What can go wrong is in the {@link Outcome}: {@link ErrorCode#KEY_DOES_NOT_EXIST}, {@link
 * ErrorCode#PRECONDITION_FAILED}, and unknown when no reply came in time. For the node's thread only.
 *
 * @param <V> the values
 */
public final class KvClient<V> {
    /** How long a call waits for its reply unless told otherwise: far above a healthy service's delay. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    private final Network<KvMessage> network;
    private final String service;
    private final Class<V> valueType;
    private final Duration timeout;

    private KvClient(Network<KvMessage> network, String service, Class<V> valueType, Duration timeout) {
        this.network = network;
        this.service = service;
        this.valueType = valueType;
        this.timeout = timeout;
    }

    /** A client of {@code lin-kv}, where each operation takes effect at once for all. */
    public static <V> KvClient<V> linKv(NodeContext<?, ?> node, Class<V> valueType) {
        return of(node, "lin-kv", valueType);
    }

    /**
     * A client of {@code seq-kv}: all clients see the same order of operations, but what a client reads may be old. An
     * operation that changes something acts on the latest state; to read the latest value, change something first.
     */
    public static <V> KvClient<V> seqKv(NodeContext<?, ?> node, Class<V> valueType) {
        return of(node, "seq-kv", valueType);
    }

    /** A client of {@code lww-kv}, whose replicas agree in time, on the last write. */
    public static <V> KvClient<V> lwwKv(NodeContext<?, ?> node, Class<V> valueType) {
        return of(node, "lww-kv", valueType);
    }

    private static <V> KvClient<V> of(NodeContext<?, ?> node, String service, Class<V> valueType) {
        return new KvClient<>(node.networkFor(KvMessage.class), service, valueType, DEFAULT_TIMEOUT);
    }

    /** The same client with another time-out. */
    public KvClient<V> withTimeout(Duration newTimeout) {
        return new KvClient<>(network, service, valueType, newTimeout);
    }

    /** The value of a key. */
    public Promise<V> read(Object key) {
        return call(new KvMessage.Read(tree(key)))
                .then(outcome -> Promise.of(
                        switch (outcome) {
                            case Outcome.Ok<KvMessage>(KvMessage.ReadOk(JsonNode value)) -> decode(key, value);
                            case Outcome.Ok<KvMessage>(KvMessage other) -> Outcome.of(unexpected(other));
                            case Outcome.Failed<KvMessage>(RpcError error) -> new Outcome.Failed<V>(error);
                            case Outcome.Unknown<KvMessage>(RpcError error) -> new Outcome.Unknown<V>(error);
                        }));
    }

    /** The value of a key, or another one if the key does not exist. */
    public Promise<V> readOr(Object key, V absent) {
        return read(key)
                .then(outcome -> Promise.of(
                        outcome instanceof Outcome.Failed<V>(RpcError error)
                                        && error.code().equals(ErrorCode.KEY_DOES_NOT_EXIST)
                                ? new Outcome.Ok<>(absent)
                                : outcome));
    }

    /** Sets a key's value; the answer is that value. */
    public Promise<V> write(Object key, V value) {
        return call(new KvMessage.Write(tree(key), tree(value))).map(ok -> value);
    }

    /** Sets a key's value if the key exists and has the value expected; the answer is the value set. */
    public Promise<V> compareAndSet(Object key, V expected, V value) {
        return call(new KvMessage.Cas(tree(key), tree(expected), tree(value), null))
                .map(ok -> value);
    }

    /** Sets a key's value if the key does not exist, or has the value expected; the answer is the value set. */
    public Promise<V> createOrCompareAndSet(Object key, V expected, V value) {
        return call(new KvMessage.Cas(tree(key), tree(expected), tree(value), true))
                .map(ok -> value);
    }

    private Promise<KvMessage> call(KvMessage request) {
        return network.rpc(service, request, timeout);
    }

    private Outcome<V> decode(Object key, JsonNode value) {
        try {
            return new Outcome.Ok<>(Json.MAPPER.treeToValue(value, valueType));
        } catch (JsonProcessingException e) {
            return Outcome.of(new RpcError(
                    ErrorCode.CRASH,
                    service + " holds " + value + " for " + key + ", which is no " + valueType.getSimpleName()));
        }
    }

    private RpcError unexpected(KvMessage reply) {
        return new RpcError(ErrorCode.CRASH, service + " answered a read with " + reply);
    }

    private static JsonNode tree(Object value) {
        return Json.MAPPER.valueToTree(value);
    }
}
