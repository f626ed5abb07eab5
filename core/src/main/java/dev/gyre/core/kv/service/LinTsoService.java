package dev.gyre.core.kv.service;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.kv.TsoMessage;

/** {@code lin-tso}: a timestamp oracle; it counts 0, 1, 2, …, and gives each number out once. */
public final class LinTsoService implements Service<TsoMessage, Void> {
    private long next;

    /** An oracle that begins at 0. It needs nothing of its node; it takes one to be a factory of services by its constructor. */
    public LinTsoService(NodeContext<TsoMessage, Void> node) {}

    @Override
    public void step(Event<TsoMessage, Void> event, Network<TsoMessage> network) {
        if (event instanceof Event.Received<TsoMessage, Void>(Message<TsoMessage> message)) {
            switch (message.payload()) {
                case TsoMessage.Ts ts -> network.reply(message, new TsoMessage.TsOk(next++));
                case TsoMessage.TsOk ok ->
                    throw new RpcError(ErrorCode.NOT_SUPPORTED, "a timestamp oracle is asked for a ts, not told " + ok);
            }
        }
    }
}
