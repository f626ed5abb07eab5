package dev.gyre.core.kv;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import java.time.Duration;

/** A client of {@code lin-tso}, which gives out 0, 1, 2, …: each above all that were given before. For the node's thread only. */
public final class TsoClient {
    private final Network<TsoMessage> network;
    private final Duration timeout;

    private TsoClient(Network<TsoMessage> network, Duration timeout) {
        this.network = network;
        this.timeout = timeout;
    }

    /** A client whose calls wait for {@link KvClient#DEFAULT_TIMEOUT}. */
    public static TsoClient linTso(NodeContext<?, ?> node) {
        return new TsoClient(node.networkFor(TsoMessage.class), KvClient.DEFAULT_TIMEOUT);
    }

    /** The same client with another time-out. */
    public TsoClient withTimeout(Duration newTimeout) {
        return new TsoClient(network, newTimeout);
    }

    /** The next timestamp. */
    public Promise<Long> next() {
        return network.rpc("lin-tso", new TsoMessage.Ts(), timeout)
                .then(outcome -> Promise.of(
                        outcome instanceof Outcome.Ok<TsoMessage>(TsoMessage message)
                                        && !(message instanceof TsoMessage.TsOk)
                                ? Outcome.of(new RpcError(ErrorCode.CRASH, "lin-tso answered with " + message))
                                : outcome.map(reply -> ((TsoMessage.TsOk) reply).ts())));
    }
}
