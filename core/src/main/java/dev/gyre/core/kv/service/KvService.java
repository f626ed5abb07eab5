package dev.gyre.core.kv.service;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.kv.KvMessage;

/** What the key-value services have in common: they answer each request at once. */
abstract sealed class KvService implements Service<KvMessage, Void> permits LinKvService, LwwKvService, SeqKvService {
    /**
     * Serves a request.
     *
     * @param src who asks
     * @param request with its JSON in {@linkplain WireJson the form} that it has after a journey over a wire
     */
    abstract Outcome<KvMessage> serve(String src, KvMessage.Request request);

    @Override
    public final void step(Event<KvMessage, Void> event, Network<KvMessage> network) {
        if (event instanceof Event.Received<KvMessage, Void>(Message<KvMessage> message)) {
            var request = request(message.payload());
            network.reply(message, serve(message.src(), request).orThrow());
        }
    }

    private static KvMessage.Request request(KvMessage payload) {
        return switch (payload) {
            case KvMessage.Read(var key) -> new KvMessage.Read(WireJson.of(key));
            case KvMessage.Write(var key, var value) -> new KvMessage.Write(WireJson.of(key), WireJson.of(value));
            case KvMessage.Cas(var key, var from, var to, var create) ->
                new KvMessage.Cas(WireJson.of(key), WireJson.of(from), WireJson.of(to), create);
            case KvMessage.ReadOk ok -> throw noRequest(ok);
            case KvMessage.WriteOk ok -> throw noRequest(ok);
            case KvMessage.CasOk ok -> throw noRequest(ok);
        };
    }

    private static RpcError noRequest(KvMessage payload) {
        return new RpcError(
                ErrorCode.NOT_SUPPORTED, "a key-value store is asked to read, write or cas, not told " + payload);
    }
}
