package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.core.simulation.Trace;
import dev.gyre.maelstrom.journal.JournalEntry;

/** Counts and traces the messages of a run and, for an observer that wants them, makes journal entries of them: that costs their JSON. */
final class Traffic implements SimulatedNetwork.Observer {
    private final Timeline timeline;
    private final RunObserver observer;
    private final NetworkCounts counts = new NetworkCounts();
    private final Trace trace;
    private final boolean isWatched;

    Traffic(Timeline timeline, RunObserver observer) {
        this.timeline = timeline;
        this.observer = observer;
        this.trace = new Trace(timeline, false);
        this.isWatched = observer.wantsMessages();
    }

    NetworkCounts counts() {
        return counts;
    }

    /** What happened, as a hash. */
    Trace trace() {
        return trace;
    }

    @Override
    public void sent(long number, Letter letter) {
        counts.sent(letter);
        trace.sent(number, letter);
        if (isWatched) {
            observer.message(
                    new JournalEntry.Sent(timeline.nowNanos(), number, letter.src(), letter.dest(), letter.toBody()));
        }
    }

    @Override
    public void received(long number, Letter letter) {
        counts.received(letter);
        trace.received(number, letter);
        if (isWatched) {
            observer.message(new JournalEntry.Received(
                    timeline.nowNanos(), number, letter.src(), letter.dest(), letter.toBody()));
        }
    }

    @Override
    public void dropped(long number, Letter letter, String reason) {
        trace.dropped(number, letter, reason);
        if (isWatched) {
            observer.message(new JournalEntry.Dropped(
                    timeline.nowNanos(), number, letter.src(), letter.dest(), letter.toBody(), reason));
        }
    }
}
