package dev.gyre.maelstrom.report;

import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Shades the time during which faults were in force, and names each fault where there is room for its name. */
final class FaultBands {
    private static final int LABEL_ROWS = 2;
    private static final int LABEL_MAX_CHARS = 48;
    private static final double CHAR_WIDTH = 5.8;
    private static final double ROW_HEIGHT = 13;

    private final Markup svg;
    private final LongToDoubleFunction x;

    FaultBands(Markup svg, LongToDoubleFunction x) {
        this.svg = svg;
        this.x = x;
    }

    /** Draws bands between two heights; names stand in rows that begin at the first. */
    void draw(List<FaultWindow> faults, double top, double bottom) {
        double[] rowEnds = new double[LABEL_ROWS];
        for (FaultWindow fault : FaultWindow.drawn(faults)) {
            double from = x.applyAsDouble(fault.fromNanos());
            double width = Math.max(1, x.applyAsDouble(fault.toNanos()) - from);
            svg.open("g", "class", "fault").element("title", fault.details());
            svg.leaf("rect", "x", from, "y", top, "width", width, "height", bottom - top, "fill", Palette.FAULT_FILL);
            drawName(fault, from + 4, top, rowEnds);
            svg.close();
        }
    }

    private void drawName(FaultWindow fault, double x, double top, double[] rowEnds) {
        String name = Text.ellipsis(fault.name(), LABEL_MAX_CHARS);
        double end = x + name.length() * CHAR_WIDTH;
        for (int row = 0; row < LABEL_ROWS && end < Plot.WIDTH; row++) {
            if (rowEnds[row] < x) {
                rowEnds[row] = end;
                svg.element("text", name, "class", "fault", "x", x, "y", top - 5 - row * ROW_HEIGHT);
                return;
            }
        }
    }
}
