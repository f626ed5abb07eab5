package dev.gyre.core.loop;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Message;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Timer;
import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of a node that wait for their replies. Each ends: by its reply or by its time-out. */
final class Calls {
    /** Beyond this many waiting calls, new ones fail at once: a peer that is down must not fill the memory. */
    static final int MAX_WAITING = 1 << 18;

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private final NodeLoop node;
    private final IdCounter ids;
    private final Map<Long, Call<?>> waiting = new HashMap<>();

    Calls(NodeLoop node, IdCounter ids) {
        this.node = node;
        this.ids = ids;
    }

    <M> Promise<M> call(String dest, M payload, Duration timeout, PayloadTypes<M> types) {
        if (waiting.size() >= MAX_WAITING) {
            return Promise.of(Outcome.of(new RpcError(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, MAX_WAITING + " calls of " + node.nodeId + " wait already")));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a call's time-out is above zero, not " + timeout);
        }
        long id = ids.next();
        node.port.send(dest, OptionalLong.of(id), OptionalLong.empty(), payload, types);
        var timer = node.timers.after(timeout, () -> expire(id, timeout));
        var call = new Call<>(dest, types, node.current(), timer, new Promise<M>());
        waiting.put(id, call);
        return call.promise;
    }

    private void expire(long id, Duration timeout) {
        var call = waiting.remove(id);
        if (call != null) {
            finish(
                    call,
                    new Outcome.Unknown<>(new RpcError(
                            ErrorCode.TIMEOUT, call.dest + " did not reply within " + timeout.toMillis() + " ms")));
        }
    }

    void complete(Incoming reply) {
        long id = reply.inReplyTo().orElseThrow();
        var call = waiting.get(id);
        if (call == null) {
            log.info(
                    "{}: dropped a reply of {}: its request {} {}",
                    reply.where(),
                    reply.src(),
                    id,
                    id > 0 && id <= ids.last() ? "waits no longer" : "was never sent");
        } else if (!call.dest.equals(reply.src())) {
            log.warn("{}: dropped a reply of {}: its request {} went to {}", reply.where(), reply.src(), id, call.dest);
        } else {
            waiting.remove(id);
            call.timer.cancel();
            complete(call, reply);
        }
    }

    private <M> void complete(Call<M> call, Incoming reply) {
        Outcome<M> outcome;
        try {
            outcome = reply.type().equals(ErrorBody.TYPE)
                    ? Outcome.of(reply.error().toError())
                    : new Outcome.Ok<>(reply.payload(call.types));
        } catch (MalformedPayload e) {
            log.warn("{}: from {}: {}", reply.where(), reply.src(), e.getMessage());
            outcome = new Outcome.Unknown<>(
                    new RpcError(ErrorCode.CRASH, "the reply of " + reply.src() + " is unreadable: " + e.getMessage()));
        }
        finish(call, outcome);
    }

    private <M> void finish(Call<M> call, Outcome<M> outcome) {
        node.guard(call.request, () -> call.promise.complete(outcome));
    }

    /**
     * A call that waits.
     *
     * @param request what the node was serving when it made the call: who is answered when the callback throws
     */
    private record Call<M>(
            String dest, PayloadTypes<M> types, @Nullable Message<?> request, Timer timer, Promise<M> promise) {}
}
