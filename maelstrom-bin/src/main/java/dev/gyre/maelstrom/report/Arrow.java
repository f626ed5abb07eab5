package dev.gyre.maelstrom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The way of a message through a diagram.
 *
 * @param event what the arrow is about: the last that is known of the message
 * @param fate what became of the message
 * @param from the row in which it was sent, or {@link #OUTSIDE}
 * @param sentNanos when it was sent, if that is in the diagram
 * @param to the row in which it ended, or {@link #OUTSIDE}
 * @param copy whether an earlier arrow shows the same message: the network duplicated it
 */
record Arrow(DiagramEvent event, Fate fate, int from, long sentNanos, int to, boolean copy) {
    /** A row that is not in the picture. */
    static final int OUTSIDE = -1;

    enum Fate {
        RECEIVED,
        DROPPED,
        /** Neither received nor dropped within the picture. */
        OPEN
    }

    /** The arrows of events, each of which is a row; from top to bottom. */
    static List<Arrow> of(List<DiagramEvent> events) {
        var sentRows = new LinkedHashMap<Long, Integer>();
        var ended = new LinkedHashSet<Long>();
        var arrows = new ArrayList<Arrow>();
        for (int row = 0; row < events.size(); row++) {
            DiagramEvent event = events.get(row);
            long id = event.messageId();
            if (event.what() == DiagramEvent.What.SENT) {
                sentRows.put(id, row);
            } else {
                int from = sentRows.getOrDefault(id, OUTSIDE);
                long sentNanos =
                        from == OUTSIDE ? event.atNanos() : events.get(from).atNanos();
                Fate fate = event.what() == DiagramEvent.What.DROPPED ? Fate.DROPPED : Fate.RECEIVED;
                arrows.add(new Arrow(event, fate, from, sentNanos, row, !ended.add(id)));
            }
        }
        sentRows.forEach((id, row) -> {
            if (!ended.contains(id)) {
                DiagramEvent sent = events.get(row);
                arrows.add(new Arrow(sent, Fate.OPEN, row, sent.atNanos(), OUTSIDE, false));
            }
        });
        arrows.sort(Comparator.comparingInt(Arrow::top));
        return arrows;
    }

    /** The row at which the arrow begins. */
    int top() {
        return from == OUTSIDE ? to : from;
    }

    /** How many rows the arrow passes; 0 when an end is outside the picture. */
    int rows() {
        return from == OUTSIDE || to == OUTSIDE ? 0 : to - from;
    }

    /** What a reader who points at the arrow sees. */
    String details() {
        String sent = from == OUTSIDE ? "sent before this picture" : "sent at " + Numbers.seconds(sentNanos, 6) + " s";
        String after = from == OUTSIDE ? "" : ", after " + Numbers.duration(event.atNanos() - sentNanos);
        String at = Numbers.seconds(event.atNanos(), 6) + " s" + after;
        String end = switch (fate) {
            case RECEIVED -> (copy ? "\nanother copy received at " : "\nreceived at ") + at;
            case DROPPED -> "\ndropped at " + at + ": " + Text.cut(event.reason());
            case OPEN -> "\nneither received nor dropped in this picture";
        };
        return event.words().label() + "   " + event.route().src() + " → "
                + event.route().dest() + "\n" + event.words().body() + "\n" + sent + end;
    }
}
