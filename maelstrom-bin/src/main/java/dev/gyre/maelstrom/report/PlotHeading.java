package dev.gyre.maelstrom.report;

import java.util.List;
import java.util.Optional;

/**
 * What is written over a plot.
 *
 * @param title what it shows
 * @param subtitle how to read it
 * @param axis what the vertical axes measure
 * @param keys what its colours mean
 */
record PlotHeading(String title, String subtitle, String axis, List<Key> keys) {
    private static final double LEFT = 20;
    private static final double KEYS_Y = 72;
    private static final double CHAR_WIDTH = 6.6;

    /** A colour and what it means: the colour of a mark or, when there is none, of a line. */
    record Key(String colour, String label, Optional<Mark> mark, String dashes) {
        static Key point(OperationView.Kind kind) {
            return new Key(Palette.of(kind), kind.label(), Optional.of(Mark.of(kind)), "none");
        }

        static Key line(String colour, String label, String dashes) {
            return new Key(colour, label, Optional.empty(), dashes);
        }
    }

    void draw(Markup svg) {
        svg.element("text", title, "class", "title", "x", LEFT, "y", 30);
        svg.element("text", subtitle, "class", "muted", "x", LEFT, "y", 50);
        double x = LEFT;
        for (Key key : keys) {
            double markX = x + 4;
            boolean point = key.mark().isPresent();
            String path = key.mark().map(mark -> mark.path(markX, KEYS_Y)).orElse(line(x));
            double width = key.mark().map(Mark::width).orElse(2.0);
            svg.leaf(
                    "path", "d", path, "stroke", key.colour(), "stroke-width", width, "stroke-dasharray", key.dashes());
            double labelX = x + (point ? 14 : 30);
            svg.element("text", key.label(), "x", labelX, "y", KEYS_Y + 4);
            x = labelX + key.label().length() * CHAR_WIDTH + 20;
        }
    }

    private static String line(double x) {
        return "M" + Numbers.coordinate(x) + " " + Numbers.coordinate(KEYS_Y) + "h22";
    }
}
