package dev.gyre.core.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a node has to wake when its turn ends. Waking is a system call and lets the other run: done at each message, a receiver on
 * another core would take the first, sleep, and have to be woken for the second. For the node's thread.
 */
final class Sleepers {
    private final List<LocalInbox> inboxes = new ArrayList<>();

    void add(LocalInbox inbox) {
        if (!inboxes.contains(inbox)) { // as many as a node has peers
            inboxes.add(inbox);
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
