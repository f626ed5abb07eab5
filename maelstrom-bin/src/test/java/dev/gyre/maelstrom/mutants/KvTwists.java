package dev.gyre.maelstrom.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Wrong ways to use a store of keys and values. */
final class KvTwists {
    private KvTwists() {}

    /** Writes where it should compare first, if the compare-and-set is one of those. */
    static Twist.Call<KvMessage> casIsWrite(Predicate<KvMessage.Cas> which) {
        return (network, dest, payload, timeout) -> payload instanceof KvMessage.Cas cas && which.test(cas)
                ? network.rpc(dest, new KvMessage.Write(cas.key(), cas.to()), timeout)
                        .map(ok -> new KvMessage.CasOk())
                : network.rpc(dest, payload, timeout);
    }

    /** Reads, compares, and writes: somebody else may write in between. */
    static Twist.Call<KvMessage> casInTwoSteps() {
        return (network, dest, payload, timeout) -> payload instanceof KvMessage.Cas cas
                ? network.rpc(dest, new KvMessage.Read(cas.key()), timeout)
                        .then(found -> isAsExpected(found, cas)
                                ? network.rpc(dest, new KvMessage.Write(cas.key(), cas.to()), timeout)
                                        .map(ok -> new KvMessage.CasOk())
                                : Promise.of(new Outcome.Failed<>(
                                        new RpcError(ErrorCode.PRECONDITION_FAILED, "it is something else"))))
                : network.rpc(dest, payload, timeout);
    }

    private static boolean isAsExpected(Outcome<KvMessage> found, KvMessage.Cas cas) {
        return switch (found) {
            case Outcome.Ok<KvMessage>(KvMessage.ReadOk(var value)) -> value.equals(cas.from());
            case Outcome.Failed<KvMessage>(var error) ->
                error.code().equals(ErrorCode.KEY_DOES_NOT_EXIST) && Boolean.TRUE.equals(cas.createIfNotExists());
            default -> false;
        };
    }

    /** Says that a write is done before it is. */
    static Twist.Call<KvMessage> writeIsDoneAtOnce() {
        return (network, dest, payload, timeout) -> {
            var outcome = network.rpc(dest, payload, timeout);
            return payload instanceof KvMessage.Write ? Promise.of(new Outcome.Ok<>(new KvMessage.WriteOk())) : outcome;
        };
    }

    /** Says that writes are done, and makes none. */
    static Twist.Call<KvMessage> writesNothing() {
        return (network, dest, payload, timeout) -> payload instanceof KvMessage.Write
                ? Promise.of(new Outcome.Ok<>(new KvMessage.WriteOk()))
                : network.rpc(dest, payload, timeout);
    }

    /** Finds nothing the first time that it reads, whatever there is. */
    static Twist.Call<KvMessage> firstReadFindsNothing() {
        var read = new boolean[1];
        return (network, dest, payload, timeout) -> {
            if (payload instanceof KvMessage.Read && !read[0]) {
                read[0] = true;
                return Promise.of(new Outcome.Failed<>(new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "nothing yet")));
            }
            return network.rpc(dest, payload, timeout);
        };
    }

    /** Answers reads with what this node wrote or read last. */
    static Twist.Call<KvMessage> cachedReads() {
        Map<JsonNode, JsonNode> cache = new LinkedHashMap<>();
        return (network, dest, payload, timeout) -> {
            if (payload instanceof KvMessage.Read(var key) && cache.containsKey(key)) {
                return Promise.of(new Outcome.Ok<>(new KvMessage.ReadOk(cache.get(key))));
            }
            return network.rpc(dest, payload, timeout).map(reply -> {
                switch (payload) {
                    case KvMessage.Write(var key, var value) -> cache.put(key, value);
                    case KvMessage.Cas cas -> cache.put(cas.key(), cas.to());
                    case KvMessage.Read(var key)
                    when reply instanceof KvMessage.ReadOk(var value) -> cache.put(key, value);
                    default -> {}
                }
                return reply;
            });
        };
    }
}
