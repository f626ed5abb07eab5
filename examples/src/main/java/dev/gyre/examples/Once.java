package dev.gyre.examples;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Serves each numbered request once, although a network may deliver it twice: the second copy gets the answer of the first.
 *
 * @param <A> the answers
 */
public final class Once<A> {
    /** A copy that comes after this many other requests is served again: by then a network has long given it up. */
    static final int REMEMBERED_MAX = 10_000;

    private final SequencedMap<Id, A> answers = new LinkedHashMap<>();

    private record Id(String sender, long number) {}

    /**
     * The answer to a request: a new one, or that of the copy that came before.
     *
     * @param sender who numbers the request: a name that a sender which starts again and counts anew must not use again
     * @param number the sender's number for it
     * @param serve serves it
     */
    public A answer(String sender, long number, Supplier<A> serve) {
        var id = new Id(sender, number);
        var known = answers.get(id);
        if (known != null) {
            return known;
        }
        var answer = serve.get();
        answers.put(id, answer);
        if (answers.size() > REMEMBERED_MAX) {
            answers.pollFirstEntry();
        }
        return answer;
    }
}
