package dev.gyre.core.loop;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Message;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, whatever host it is on: hands each message to the part of the node that it belongs to, fires timers, delivers
 * local signals, and answers for what is wrong with a message. Its caller is the host, on one thread; all that it does to
 * the world goes through its {@link HostPort}.
 *
 * <p>What becomes of each kind of bad input is decided here, so that it is the same on every host:
 *
 * <ul>
 *   <li>a message for another node, and a reply that nobody awaits or that comes too late, is logged and dropped;
 *   <li>a request of a type that no part of the node knows is answered with {@link ErrorCode#NOT_SUPPORTED};
 *   <li>a body that does not fit its record is answered with {@link ErrorCode#MALFORMED_REQUEST};
 *   <li>an exception from a step is answered with its code, or with {@link ErrorCode#CRASH}; but a
 *       broken invariant or a {@link StorageException} ends the node;
 *   <li>what cannot be answered, since it has no {@code msg_id} or is itself an error, is logged instead.
 * </ul>
 */
public final class NodeLoop {
    /** More local signals than this means that a service sends itself more than it can ever take. */
    static final int MAX_SIGNALS = 1 << 16;

    private static final Logger log = LoggerFactory.getLogger(NodeLoop.class);

    final HostPort port;
    final String nodeId;
    final List<String> nodeIds;
    final List<String> arguments;
    final TimerQueue timers;
    final Calls calls;
    private final Map<String, Endpoint<?, ?>> routes = new LinkedHashMap<>();
    private final ArrayDeque<Runnable> signals = new ArrayDeque<>();
    private @Nullable Message<?> current;
    private boolean isStarted;

    /**
     * A node that has no service yet.
     *
     * @param nodeIds all nodes of the cluster, this one included
     * @param arguments what the node was started with
     */
    public NodeLoop(HostPort port, String nodeId, List<String> nodeIds, List<String> arguments) {
        this.port = port;
        this.nodeId = nodeId;
        this.nodeIds = List.copyOf(nodeIds);
        this.arguments = List.copyOf(arguments);
        this.timers = new TimerQueue(port::nowNanos);
        this.calls = new Calls(this, new IdCounter(port.firstMessageId()));
    }

    /** Makes the node's service. What the factory throws, this throws. */
    public <M, S> void start(PayloadTypes<M> types, ServiceFactory<M, S> factory) {
        var endpoint = new Endpoint<M, S>(this, types);
        addRoutes(types, endpoint);
        endpoint.start(factory.create(endpoint));
        isStarted = true;
        deliverSignals();
    }

    void addRoutes(PayloadTypes<?> types, Endpoint<?, ?> endpoint) {
        if (isStarted) {
            throw new IllegalStateException(nodeId + " runs already: embed services while its own is made");
        }
        for (var name : types.byName().keySet()) {
            var other = routes.putIfAbsent(name, endpoint);
            if (other != null) {
                throw new IllegalArgumentException("\"" + name + "\" is a message of both "
                        + types.protocol().getName() + " and "
                        + other.types().protocol().getName()
                        + ": rename one, or give it another name with @JsonTypeName");
            }
        }
    }

    /** The protocol that messages of a type belong to. Does not change once the node has started; for any thread then. */
    public @Nullable PayloadTypes<?> protocolOf(String type) {
        var endpoint = routes.get(type);
        return endpoint == null ? null : endpoint.types();
    }

    /** Takes a message. */
    public void receive(Incoming message) {
        if (!message.dest().equals(nodeId)) {
            log.warn("{}: dropped a message for {}: this is {}", message.where(), message.dest(), nodeId);
        } else if (message.inReplyTo().isPresent()) {
            calls.complete(message);
        } else {
            var endpoint = routes.get(message.type());
            if (endpoint == null) {
                refuseUnknown(message);
            } else {
                receive(message, endpoint);
            }
        }
        deliverSignals();
    }

    private <M, S> void receive(Incoming incoming, Endpoint<M, S> endpoint) {
        M payload;
        try {
            payload = incoming.payload(endpoint.types());
        } catch (MalformedPayload e) {
            log.warn("{}: from {}: {}", incoming.where(), incoming.src(), e.getMessage());
            answer(new Request(incoming.src(), incoming.msgId()), new RpcError(ErrorCode.MALFORMED_REQUEST, text(e)));
            return;
        }
        endpoint.receive(incoming, payload);
    }

    private void refuseUnknown(Incoming message) {
        if (message.type().equals(ErrorBody.TYPE)) {
            log.warn("{}: dropped an error from {} that answers nothing", message.where(), message.src());
            return;
        }
        var text = nodeId + " knows no message of type \"" + message.type() + "\", only " + routes.keySet();
        log.warn("{}: from {}: {}", message.where(), message.src(), text);
        answer(new Request(message.src(), message.msgId()), new RpcError(ErrorCode.NOT_SUPPORTED, text));
    }

    /** Tells every part of the node that no more messages come. */
    public void endOfInput() {
        for (var endpoint : List.copyOf(new LinkedHashSet<>(routes.values()))) {
            endpoint.deliver(new Event.EndOfInput<>());
        }
        deliverSignals();
    }

    /** When the next timer is due, by the host's clock, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNanos() {
        return timers.nextDeadline();
    }

    /** Fires the timers that are due; those that are set meanwhile are left for the next call. */
    public void runDueTimers() {
        timers.runDue(this::deliverSignals);
    }

    /** Runs what something outside has set off, such as a sync that is done. */
    public void perform(Runnable action) {
        guard(null, action);
        deliverSignals();
    }

    void signal(Runnable delivery) {
        if (signals.size() >= MAX_SIGNALS) {
            throw new IllegalStateException(
                    MAX_SIGNALS + " signals wait: " + nodeId + " sends itself more than it takes");
        }
        signals.add(delivery);
    }

    private void deliverSignals() {
        for (var delivery = signals.poll(); delivery != null; delivery = signals.poll()) {
            delivery.run();
        }
    }

    /** The request at hand, if the node is serving one. */
    @Nullable Message<?> current() {
        return current;
    }

    /** Runs a step or a callback, and answers for what it throws to the request that it serves, if it serves one. */
    void guard(@Nullable Message<?> request, Runnable action) {
        var outer = current;
        current = request;
        try {
            action.run();
        } catch (InvariantViolation | StorageException e) {
            throw e;
        } catch (RpcError e) {
            if (request == null) {
                log.warn("{}: {} was thrown while no request was at hand", nodeId, e.getMessage());
            } else {
                answer(request.request(), e);
            }
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} failed on {}", nodeId, request == null ? "a signal" : request, e);
            port.failed(e);
            if (request != null) {
                answer(request.request(), new RpcError(ErrorCode.CRASH, nodeId + " failed: " + e));
            }
        } finally {
            current = outer;
        }
    }

    /** A promise with the outcome of another, whose callbacks are guarded by the request at hand now. */
    <T> Promise<T> guarded(Promise<T> promise) {
        var request = current;
        var guarded = new Promise<T>();
        promise.whenDone(outcome -> guard(request, () -> guarded.complete(outcome)));
        return guarded;
    }

    void answer(Request request, RpcError error) {
        if (request.msgId().isEmpty()) {
            log.warn("{}: no msg_id to answer {} with: {}", nodeId, request.src(), error.getMessage());
            return;
        }
        var body = new ErrorBody(error.code().value(), error.text());
        port.send(request.src(), OptionalLong.empty(), request.msgId(), body, ErrorBody.TYPES);
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
