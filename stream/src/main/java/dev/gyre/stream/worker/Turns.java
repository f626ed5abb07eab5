package dev.gyre.stream.worker;

import dev.gyre.core.NodeContext;
import java.time.Duration;

/** When a worker goes on: at once, behind what has come meanwhile, or at a time. */
final class Turns {
    private final NodeContext<JobMessage, JobNode.Signal> node;
    private boolean isDue;
    private long wakeAt = Long.MAX_VALUE;

    Turns(NodeContext<JobMessage, JobNode.Signal> node) {
        this.node = node;
    }

    /** Goes on at the end of this turn. */
    void goOn() {
        if (!isDue) {
            isDue = true;
            node.timers().after(Duration.ZERO, new JobNode.Signal.Turn());
        }
    }

    /** The turn is here. */
    void began() {
        isDue = false;
    }

    /** Goes on at a time, or never. */
    void sleepUntil(long at) {
        long now = node.nowNanos();
        boolean isSooner = wakeAt <= now || at < wakeAt;
        if (at < Long.MAX_VALUE && isSooner) {
            wakeAt = at;
            node.timers().after(Duration.ofNanos(Math.max(0, at - now)), new JobNode.Signal.Turn());
        }
    }
}
