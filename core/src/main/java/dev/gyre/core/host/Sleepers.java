package dev.gyre.core.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a node has to wake when its turn ends. Waking is a system call and lets the other run: done at each message, a receiver on
 * another core would take the first, sleep, and have to be woken for the second. A turn of slow steps does not keep them asleep:
 * after a while they are woken in its midst. For the node's thread.
 */
final class Sleepers {
    /** Sleepers wait no longer than this and the step at hand: about what it takes to wake one. */
    private static final long MAX_WAIT_NANOS = 20_000;

    private final List<LocalInbox> inboxes = new ArrayList<>();
    private long sinceNanos;

    void add(LocalInbox inbox) {
        if (inboxes.isEmpty()) {
            sinceNanos = System.nanoTime();
        }
        if (!inboxes.contains(inbox)) { // as many as a node has peers
            inboxes.add(inbox);
        }
    }

    /** Wakes them if they have waited long. Reads the clock only when somebody sleeps. */
    void wakeLate() {
        if (!inboxes.isEmpty() && System.nanoTime() - sinceNanos > MAX_WAIT_NANOS) {
            wakeAll();
        }
    }

    void wakeAll() {
        if (!inboxes.isEmpty()) {
            for (int i = 0; i < inboxes.size(); i++) {
                inboxes.get(i).wake();
            }
            inboxes.clear();
        }
    }
}
