package dev.gyre.core.simulation;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A client of a simulated cluster. Its messages are not delayed, and reach every node that is up.
 *
 * @param <M> the payloads of the nodes
 */
public final class SimulatedClient<M> implements SimulatedNetwork.Endpoint {
    private final String id;
    private final PayloadTypes<M> types;
    private final Timeline timeline;
    private final SimulatedNetwork network;
    private final IdCounter ids = new IdCounter();
    private final Map<Long, Call<M>> calls = new TreeMap<>();

    private record Call<M>(Promise<M> promise, Timeline.Handle timeout) {}

    SimulatedClient(String id, PayloadTypes<M> types, Timeline timeline, SimulatedNetwork network) {
        this.id = id;
        this.types = types;
        this.timeline = timeline;
        this.network = network;
        network.attach(id, this);
    }

    /** The client's id, which starts with {@code c}. */
    public String id() {
        return id;
    }

    /**
     * Sends a request to a node and promises its outcome, which is unknown when no reply comes in time.
     *
     * @param timeout how long to wait, above zero
     */
    public Promise<M> call(String node, M request, Duration timeout) {
        long msgId = ids.next();
        var promise = new Promise<M>();
        var expiry = timeline.after(timeout.toNanos(), () -> {
            calls.remove(msgId);
            promise.complete(Outcome.of(
                    new RpcError(ErrorCode.TIMEOUT, node + " did not reply within " + timeout.toMillis() + " ms")));
        });
        calls.put(msgId, new Call<>(promise, expiry));
        network.send(
                new Letter(id, node, types.of(request).name(), OptionalLong.of(msgId), OptionalLong.empty(), request));
        return promise;
    }

    @Override
    public void receive(Letter letter) {
        var call =
                letter.inReplyTo().isPresent() ? calls.remove(letter.inReplyTo().getAsLong()) : null;
        if (call != null) {
            call.timeout.cancel();
            call.promise.complete(outcome(new LetterMessage(letter, id)));
        }
    }

    private Outcome<M> outcome(LetterMessage reply) {
        try {
            return reply.type().equals(ErrorBody.TYPE)
                    ? Outcome.of(reply.error().toError())
                    : new Outcome.Ok<>(reply.payload(types));
        } catch (MalformedPayload e) {
            return Outcome.of(
                    new RpcError(ErrorCode.CRASH, "an unreadable reply of " + reply.src() + ": " + e.getMessage()));
        }
    }
}
