package dev.gyre.core.kv.service;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import java.util.SplittableRandom;

/** Requests to stores, and answers in short: {@code ok}, a value, or {@code error 20}. */
final class KvSupport {
    private final KvService store;

    KvSupport(KvService store) {
        this.store = store;
    }

    /** The context of a store, with random numbers from a seed. */
    static NodeContext<KvMessage, Void> node(long seed) {
        NodeContext<KvMessage, Void> node = mock();
        when(node.random()).thenReturn(new SplittableRandom(seed));
        return node;
    }

    String read(String client, String key) {
        return call(client, new KvMessage.Read(TextNode.valueOf(key)));
    }

    String write(String client, String key, int value) {
        return call(client, new KvMessage.Write(TextNode.valueOf(key), IntNode.valueOf(value)));
    }

    String cas(String client, String key, int from, int to) {
        return call(client, new KvMessage.Cas(TextNode.valueOf(key), IntNode.valueOf(from), IntNode.valueOf(to), null));
    }

    String casOrCreate(String client, String key, int from, int to) {
        return call(client, new KvMessage.Cas(TextNode.valueOf(key), IntNode.valueOf(from), IntNode.valueOf(to), true));
    }

    private String call(String client, KvMessage.Request request) {
        return switch (store.serve(client, request)) {
            case Outcome.Ok<KvMessage>(KvMessage.ReadOk(var value)) -> value.toString();
            case Outcome.Ok<KvMessage>(KvMessage.WriteOk ok) when request instanceof KvMessage.Write -> "ok";
            case Outcome.Ok<KvMessage>(KvMessage.CasOk ok) when request instanceof KvMessage.Cas -> "ok";
            case Outcome.Ok<KvMessage>(var other) -> other.toString();
            case Outcome.Failed<KvMessage>(var error) -> "error " + error.code().value();
            case Outcome.Unknown<KvMessage>(var error) ->
                "unknown " + error.code().value();
        };
    }
}
