package dev.gyre.examples.broadcast;

import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;

/**
 * What one neighbour has been sent: a place in the log, {@code next}. All before it was confirmed or is on its way, for when a
 * batch is not confirmed in time, {@code next} goes back to where that batch began.
 *
 * <p>Many batches may be on their way, as long as the neighbour answers. When it does not, it gets nothing but probes, each
 * of one element, at longer and longer intervals; once it confirms one, it gets all the rest.
 *
 * <pre>
 *   UP ──not confirmed──► WAITING ──retry──► PROBING ──not confirmed──► WAITING
 *   WAITING, PROBING ──confirmed──► UP
 * </pre>
 */
final class Link {
    private enum State {
        UP,
        WAITING,
        PROBING
    }

    /** Far above a round trip; it costs time only where messages are lost. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    static final Duration MIN_BACKOFF = Duration.ofMillis(250);
    /** A neighbour is found again at most this and a time-out after it came back. */
    static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
    /** Some 200 KB: a neighbour that was away for long gets what it missed in several lines, none of them huge. */
    static final int MAX_BATCH = 10_000;

    private final String neighbour;
    private final Log log;
    private final NodeContext<Msg, Signal> node;
    private final Runnable whenUpAgain;
    private State state = State.UP;
    private Duration backoff = MIN_BACKOFF;
    private int next;

    Link(String neighbour, Log log, NodeContext<Msg, Signal> node, Runnable whenUpAgain) {
        this.neighbour = neighbour;
        this.log = log;
        this.node = node;
        this.whenUpAgain = whenUpAgain;
    }

    /** Sends what is new, if the neighbour answers; says whether there was anything. */
    boolean send() {
        return state == State.UP && send(MAX_BATCH);
    }

    /** Tries again, unless the neighbour has been heard of in the meantime. */
    void probe() {
        if (state == State.WAITING) {
            state = State.PROBING;
            send(1);
        }
    }

    private boolean send(int limit) {
        while (next < log.size()) {
            int from = next;
            next = Math.min(log.size(), from + limit);
            var elements = log.newsFor(neighbour, from, next);
            if (!elements.isEmpty()) {
                node.network().rpc(neighbour, new Msg.Share(elements), TIMEOUT).whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok) {
                        confirmed();
                    } else {
                        notConfirmed(from);
                    }
                });
                return true;
            }
        }
        return false;
    }

    private void confirmed() {
        if (state != State.UP) {
            state = State.UP;
            backoff = MIN_BACKOFF;
            whenUpAgain.run();
        }
    }

    private void notConfirmed(int from) {
        next = Math.min(next, from);
        if (state != State.WAITING) {
            state = State.WAITING;
            node.timers().after(backoff, new Signal.Retry(this));
            var doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : MAX_BACKOFF;
        }
    }
}
