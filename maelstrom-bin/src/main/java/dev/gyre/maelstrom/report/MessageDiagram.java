package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The Lamport diagram of a run: a vertical line for each client, node and service, time flowing down, an arrow for each message.
 * Every event has a row of its own, all at the same distance, so that a burst is as readable as a lull; times stand at the left.
 * Takes the journal entry by entry and keeps a bounded part of it.
 */
public final class MessageDiagram {
    /**
     * How many events a diagram shows: about 60 screens of scrolling and two megabytes. Beyond, browsers become slow and people give
     * up; a later part of the run is another diagram.
     */
    public static final int EVENTS_MAX = 3_000;

    private final long fromNanos;
    private final List<DiagramEvent> events = new ArrayList<>();
    private long before;
    private long after;

    private MessageDiagram(long fromNanos) {
        this.fromNanos = fromNanos;
    }

    /** A diagram of the beginning of a run. */
    public static MessageDiagram ofRun() {
        return new MessageDiagram(0);
    }

    /** A diagram of what happened from a time on, in nanoseconds since the run began. */
    public static MessageDiagram startingAt(long fromNanos) {
        return new MessageDiagram(fromNanos);
    }

    /** Takes the next entry of the journal. Its body is not kept. */
    public void add(JournalEntry entry) {
        if (entry.atNanos() < fromNanos) {
            before++;
        } else if (events.size() < EVENTS_MAX) {
            events.add(DiagramEvent.of(entry));
        } else {
            after++;
        }
    }

    /** The diagram as an SVG document, with bands where faults were in force. */
    public String render(List<FaultWindow> faults) {
        return new MessageDiagramSvg(events, extent()).render(faults);
    }

    /** What part of the run is shown, in a sentence. */
    private String extent() {
        long all = before + events.size() + after;
        if (all == events.size()) {
            return all == 0 ? "No messages were sent." : "All " + Numbers.count(all, "event") + " of the run.";
        }
        String left =
                before > 0 ? ", " + Numbers.count(before) + " earlier and " + Numbers.count(after) + " later" : "";
        String which = before > 0 ? Numbers.count(events.size()) : "the first " + Numbers.count(events.size());
        return "Cut: shows " + which + " of " + Numbers.count(all) + " events; " + Numbers.count(before + after)
                + " are not drawn" + left + ".";
    }
}
