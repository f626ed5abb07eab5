package dev.gyre.maelstrom.workload;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.WindowInput;
import dev.gyre.core.checker.WindowOutput;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The end of {@code windowed-totals}: one worker of each node reads each key until it is shown the last window with an acknowledged add. Then it reads once more, and that read is
 * final. When it was shown too little many times, the next is final anyhow.
 */
final class FinalWindows implements Generator<Keyed<String, WindowInput>> {
    /** The cluster had time to recover, and windows are over a second after they began: who shows too little so often has lost it. */
    private static final int READS_MAX = 200;

    private final SortedMap<Long, Long> lastWindows;
    private final int readers;
    private final SortedMap<Integer, Place> places = new TreeMap<>();

    /** How far a worker is. */
    private static final class Place {
        private long next;
        private int reads;
        private boolean isShown;
    }

    /**
     * The end of a run.
     *
     * @param lastWindows of each key that was used, the last window with an acknowledged add, or less than all when there is none
     * @param nodes how many there are: the first worker of each reads, as workers go to nodes by turns
     */
    FinalWindows(SortedMap<Long, Long> lastWindows, int nodes) {
        this.lastWindows = lastWindows;
        this.readers = nodes;
    }

    @Override
    public Optional<Keyed<String, WindowInput>> next(int worker) {
        var place = places.computeIfAbsent(worker, first -> new Place());
        var rest = lastWindows.tailMap(place.next);
        if (worker >= readers || rest.isEmpty()) {
            return Optional.empty();
        }
        place.next = rest.firstKey();
        boolean isFinal = place.isShown || place.reads >= READS_MAX;
        return Optional.of(new Keyed<>(Long.toString(place.next), new WindowInput.Read(isFinal)));
    }

    /** Is told how a read of a worker ended; those before the end of the run are of no interest. */
    void ended(int worker, boolean wasFinal, Outcome<WindowOutput> outcome) {
        var place = places.get(worker);
        if (place == null) {
            return;
        }
        place.reads++;
        boolean isOver = wasFinal && (outcome instanceof Outcome.Ok || place.reads >= 2 * READS_MAX);
        if (isOver) {
            place.next++;
            place.reads = 0;
            place.isShown = false;
        } else if (outcome instanceof Outcome.Ok<WindowOutput>(WindowOutput.Windows(var totals))) {
            long last = lastWindows.getOrDefault(place.next, Long.MIN_VALUE);
            place.isShown = last == Long.MIN_VALUE || (!totals.isEmpty() && totals.lastKey() >= last);
        }
    }
}
