package dev.gyre.maelstrom.workload;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CounterInput;
import dev.gyre.core.checker.CounterOutput;
import dev.gyre.core.checker.Keyed;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The end of {@code keyed-totals}: one worker of each node reads each total, until it is answered or many reads on end were not. */
final class FinalTotals implements Generator<Keyed<String, CounterInput>> {
    /** The cluster had time to recover, so a node that does not answer so often will not. */
    private static final int UNANSWERED_MAX = 20;

    private final SortedSet<Long> keys;
    private final int readers;
    private final SortedMap<Integer, Place> places = new TreeMap<>();

    /** How far a worker is. */
    private static final class Place {
        private long next;
        private int unanswered;
    }

    /**
     * The end of a run.
     *
     * @param keys those that were used, once the run has come to its end
     * @param nodes how many there are: the first worker of each reads, as workers go to nodes by turns
     */
    FinalTotals(SortedSet<Long> keys, int nodes) {
        this.keys = keys;
        this.readers = nodes;
    }

    @Override
    public Optional<Keyed<String, CounterInput>> next(int worker) {
        var place = places.computeIfAbsent(worker, first -> new Place());
        var rest = keys.tailSet(place.next);
        if (worker >= readers || rest.isEmpty() || place.unanswered == UNANSWERED_MAX) {
            return Optional.empty();
        }
        place.next = rest.first();
        return Optional.of(new Keyed<>(Long.toString(place.next), new CounterInput.Read(true)));
    }

    /** Is told how the last read of a worker ended. */
    void ended(int worker, Outcome<CounterOutput> outcome) {
        var place = places.computeIfAbsent(worker, first -> new Place());
        if (outcome instanceof Outcome.Ok) {
            place.next++;
            place.unanswered = 0;
        } else {
            place.unanswered++;
        }
    }
}
