package dev.gyre.examples.streamcount;

import java.util.LinkedHashSet;
import java.util.Set;

/** Questions that this node was asked and has not answered. Only so many: who asked longest ago waits no more. */
final class OpenCalls {
    private static final int MAX = 10_000;

    /** A request of a client. */
    private record Call(String client, long msgId) {}

    private final Set<Call> calls = new LinkedHashSet<>();

    void add(String client, long msgId) {
        calls.add(new Call(client, msgId));
        if (calls.size() > MAX) {
            var eldest = calls.iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Whether it was open, which it is no longer. */
    boolean remove(String client, long msgId) {
        return calls.remove(new Call(client, msgId));
    }
}
