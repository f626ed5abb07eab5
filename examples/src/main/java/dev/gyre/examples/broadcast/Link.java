package dev.gyre.examples.broadcast;

import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Timer;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.List;

/**
 * What one neighbour has been sent: a place in the log, {@code next}. All before it was confirmed or is on its way, for when
 * a batch is not confirmed in time, {@code next} goes back to where that batch began.
 *
 * <p>Many batches may be on their way as long as the neighbour answers. When it does not, it gets nothing but probes, each of
 * one element, at longer and longer intervals; once it confirms anything, it gets all the rest.
 */
final class Link {
    static final Duration PATIENCE_MIN = Duration.ofSeconds(1);
    /** A neighbour that comes back is found within this, and slower networks than that are not served well. */
    static final Duration PATIENCE_MAX = Duration.ofSeconds(4);
    /** Some 200 KB: a neighbour that was away for long gets what it missed in several lines, none of them huge. */
    static final int BATCH_MAX = 10_000;

    private final String neighbour;
    private final Log log;
    private final NodeContext<Msg, Signal> node;
    private final Runnable whenUpAgain;
    private final Timer retry;
    private Duration patience = PATIENCE_MIN;
    private boolean isUp = true;
    private int next;

    Link(String neighbour, Log log, NodeContext<Msg, Signal> node, Runnable whenUpAgain) {
        this.neighbour = neighbour;
        this.log = log;
        this.node = node;
        this.whenUpAgain = whenUpAgain;
        retry = node.timers().after(patience, new Signal.Retry(this));
        retry.cancel();
    }

    /** Sends what is new, if the neighbour answers; says whether there was anything. */
    boolean send() {
        return isUp && send(BATCH_MAX);
    }

    /** Asks a neighbour that did not answer again, and will ask again later unless it answers. */
    void probe() {
        patience = between(PATIENCE_MIN, patience.multipliedBy(2), PATIENCE_MAX);
        send(1);
        retry.reset(patience);
    }

    private boolean send(int limit) {
        while (next < log.size()) {
            int from = next;
            next = Math.min(log.size(), from + limit);
            var news = log.newsFor(neighbour, from, next);
            if (!news.isEmpty()) {
                share(news, from);
                return true;
            }
        }
        return false;
    }

    private void share(List<Long> news, int from) {
        long sentNanos = node.nowNanos();
        node.network().rpc(neighbour, new Msg.Share(news), patience).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok) {
                confirmed(Duration.ofNanos(node.nowNanos() - sentNanos));
            } else {
                notConfirmed(from);
            }
        });
    }

    private void confirmed(Duration roundTrip) {
        patience = between(PATIENCE_MIN, roundTrip.multipliedBy(2), PATIENCE_MAX);
        retry.cancel();
        if (!isUp) {
            isUp = true;
            whenUpAgain.run();
        }
    }

    private void notConfirmed(int from) {
        next = Math.min(next, from);
        if (isUp) {
            isUp = false;
            probe();
        }
    }

    private static Duration between(Duration min, Duration value, Duration max) {
        return value.compareTo(min) < 0 ? min : value.compareTo(max) > 0 ? max : value;
    }
}
