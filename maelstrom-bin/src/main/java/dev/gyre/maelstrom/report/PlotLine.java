package dev.gyre.maelstrom.report;

/** A line of a chart, from point to point. A line of one point is shown as a dot. */
final class PlotLine {
    private final StringBuilder path = new StringBuilder();
    private int points;

    void to(double x, double y) {
        path.append(points == 0 ? "M" : "L")
                .append(Numbers.coordinate(x))
                .append(' ')
                .append(Numbers.coordinate(y));
        points++;
    }

    /** Draws the line, if it has a point. */
    void draw(Markup svg, PlotHeading.Key key) {
        if (points == 0) {
            return;
        }
        if (points == 1) {
            path.append("h0");
        }
        double width = points == 1 ? 5 : 2;
        svg.leaf(
                "path",
                "class",
                "line",
                "d",
                path,
                "stroke",
                key.colour(),
                "stroke-width",
                width,
                "stroke-dasharray",
                key.dashes());
    }
}
