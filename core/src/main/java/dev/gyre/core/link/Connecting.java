package dev.gyre.core.link;

import java.util.random.RandomGenerator;

/** When to try again to reach a peer, and when to call it down. */
final class Connecting {
    /** More doublings than any sensible longest wait needs, and few enough not to overflow. */
    private static final int MAX_DOUBLINGS = 30;

    private final LinkSettings settings;
    private final RandomGenerator random;
    private int failures;
    private long failingSinceNanos = Long.MAX_VALUE;
    private boolean isToldDown;
    private String reason = "";

    Connecting(LinkSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    String reason() {
        return reason;
    }

    void succeeded() {
        failures = 0;
        failingSinceNanos = Long.MAX_VALUE;
        isToldDown = false;
    }

    /** Notes a failure, and says when to try again: between half and all of a wait that doubles, so that peers do not come back all at once. */
    long failed(String why, long now) {
        reason = why;
        failingSinceNanos = Math.min(failingSinceNanos, now);
        long wait = settings.backOffMaxNanos();
        if (failures < MAX_DOUBLINGS && settings.backOffMinNanos() <= wait >> failures) {
            wait = settings.backOffMinNanos() << failures;
        }
        failures++;
        return now + wait - random.nextLong(wait / 2 + 1);
    }

    boolean isDown(long now) {
        return failingSinceNanos != Long.MAX_VALUE && now - failingSinceNanos >= settings.downAfterNanos();
    }

    /** When it will be down if nothing changes; never when it is told already. */
    long downAtNanos() {
        return failingSinceNanos == Long.MAX_VALUE || isToldDown
                ? Long.MAX_VALUE
                : failingSinceNanos + settings.downAfterNanos();
    }

    /** Whether the owner is now to be told, once, that the peer is down. */
    boolean tellsDown(long now) {
        boolean isNews = isDown(now) && !isToldDown;
        isToldDown |= isNews;
        return isNews;
    }
}
