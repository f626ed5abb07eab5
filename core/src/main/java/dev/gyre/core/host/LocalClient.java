package dev.gyre.core.host;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls nodes of a {@link LocalHost} from threads that are no nodes. It has a thread of its own, on which futures are completed:
 * what depends on one must not block there, or use the {@code …Async} methods. For any thread.
 *
 * <p>It is made for tests and front ends. Each call wakes two threads; what is to make as much load as nodes can take should be
 * a node itself.
 *
 * @param <M> the payloads, requests and replies
 */
public final class LocalClient<M> implements AutoCloseable {
    /** Beyond this many waiting calls, new ones fail at once: a peer that is down must not fill the memory. */
    public static final int MAX_CALLS = 1 << 16;

    /** Every call that waits may be answered at the same moment, and each twice. */
    static final int INBOX_MESSAGES = 2 * MAX_CALLS;

    private final PayloadTypes<M> types;
    private final LocalNode<M, Void> node;
    private final Network<M> network;
    private final Runnable end;
    private final Map<Long, CompletableFuture<Outcome<M>>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastCall = new AtomicLong();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private volatile boolean isClosed;

    /**
     * A client.
     *
     * @param node runs it, and nothing else
     * @param network of that node, for its thread
     * @param end ends the node
     */
    LocalClient(PayloadTypes<M> types, LocalNode<M, Void> node, Network<M> network, Runnable end) {
        this.types = types;
        this.node = node;
        this.network = network;
        this.end = end;
    }

    /** The id that nodes see as the sender. */
    public String id() {
        return node.id();
    }

    /**
     * Sends a request, and promises its outcome: the reply's payload, or why there is none. The future never fails:
     *
     * <ul>
     *   <li>failed, with {@link ErrorCode#NODE_NOT_FOUND}: there has never been a node of this id;
     *   <li>failed, with {@link ErrorCode#TEMPORARILY_UNAVAILABLE}: the inbox of the node is full, or {@link #MAX_CALLS} calls wait;
     *   <li>failed, with {@link ErrorCode#ABORT}: this client was closed before;
     *   <li>unknown, with {@link ErrorCode#TIMEOUT}: no reply came in time, or before this client was closed. A node that is down
     *       does not reply;
     *   <li>else what the node has replied, an error included.
     * </ul>
     *
     * <p>It is completed once. A reply that comes later, or again, is dropped.
     *
     * @param dest the id of the node
     * @param timeout how long to wait, above zero
     * @throws IllegalArgumentException when the payload is none of this client's
     */
    public CompletableFuture<Outcome<M>> call(String dest, M payload, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a call's time-out is above zero, not " + timeout);
        }
        types.of(payload);
        if (isClosed) {
            return failed(ErrorCode.ABORT, "this client is closed");
        }
        if (waitingCount.incrementAndGet() > MAX_CALLS) {
            waitingCount.decrementAndGet();
            return failed(ErrorCode.TEMPORARILY_UNAVAILABLE, MAX_CALLS + " calls of " + id() + " wait already");
        }
        var future = new CompletableFuture<Outcome<M>>();
        long number = lastCall.incrementAndGet();
        waiting.put(number, future);
        var answer = future.whenComplete((outcome, cancelled) -> {
            waiting.remove(number);
            waitingCount.decrementAndGet();
        });
        node.perform(() -> network.rpc(dest, payload, timeout).whenDone(future::complete));
        if (isClosed) {
            giveUp(future);
        }
        return answer;
    }

    /**
     * Sends a message that asks for no reply. It may be lost.
     *
     * @throws IllegalArgumentException when the payload is none of this client's
     */
    public void send(String dest, M payload) {
        types.of(payload);
        node.perform(() -> network.send(dest, payload));
    }

    private static <M> CompletableFuture<Outcome<M>> failed(ErrorCode code, String text) {
        return CompletableFuture.completedFuture(Outcome.of(new RpcError(code, text)));
    }

    private void giveUp(CompletableFuture<Outcome<M>> future) {
        future.complete(
                new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, id() + " was closed before the reply came")));
    }

    /** Ends the client. The outcome of calls that wait is unknown. */
    @Override
    public void close() {
        isClosed = true;
        end.run();
        List.copyOf(waiting.values()).forEach(this::giveUp);
    }
}
