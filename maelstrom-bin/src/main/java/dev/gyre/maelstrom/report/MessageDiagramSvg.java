package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.DiagramColumns.Column;
import java.util.List;

/** Draws a Lamport diagram. */
final class MessageDiagramSvg {
    static final double ROW_HEIGHT = 15;
    /** The names of the lines are repeated after so many rows: about once a screen. */
    private static final int ROWS_BETWEEN_NAMES = 40;

    private static final double NAMES_HEIGHT = 30;
    private static final double TOP = 138;
    private static final double RIGHT_MARGIN = 190;
    private static final double WIDTH_MIN = 760;
    /** A row without a time is within so much of the last one that has it, and within so many rows. */
    private static final long TIME_GAP_NANOS = 20_000_000;

    private static final int TIME_ROWS = 4;
    private static final int FAULT_MAX_CHARS = 28;
    private static final String STYLE = "text{font-size:12px;fill:" + Palette.INK + "}.muted{fill:" + Palette.MUTED
            + "}.title{font-size:17px;font-weight:600}.middle{text-anchor:middle}.end{text-anchor:end}"
            + ".name{font-weight:600}.time{font-size:10.5px;fill:" + Palette.MUTED + ";text-anchor:end}"
            + ".cut{font-weight:600;fill:" + Palette.RED + "}.fault{fill:" + Palette.VIOLET + ";font-size:11px}"
            + ArrowPainter.STYLE;

    private final List<DiagramEvent> events;
    private final String extent;
    private final DiagramColumns columns;
    private final double width;
    private final Markup svg;

    MessageDiagramSvg(List<DiagramEvent> events, String extent) {
        this.events = events;
        this.extent = extent;
        columns = new DiagramColumns(events);
        width = Math.max(WIDTH_MIN, columns.end() + RIGHT_MARGIN);
        svg = Markup.fixedSvg(width, bottom() + 60, STYLE, "Messages");
    }

    String render(List<FaultWindow> faults) {
        drawHeading();
        FaultWindow.drawn(faults).forEach(this::drawFault);
        drawLines();
        drawTimes();
        var painter = new ArrowPainter(svg, columns, this::y);
        List<Arrow> arrows = Arrow.of(events);
        arrows.forEach(painter::draw);
        arrows.forEach(painter::drawReason);
        drawNames();
        if (extent.startsWith("Cut")) {
            svg.element("text", extent, "class", "cut", "x", 20, "y", bottom() + 36);
        }
        return svg.finish();
    }

    /** The height of a row. */
    private double y(int row) {
        int repeats = row / ROWS_BETWEEN_NAMES;
        return TOP + row * ROW_HEIGHT + repeats * NAMES_HEIGHT;
    }

    private double bottom() {
        return y(Math.max(0, events.size() - 1)) + ROW_HEIGHT;
    }

    private String extentClass() {
        return extent.startsWith("Cut") ? "cut" : "muted";
    }

    private void drawHeading() {
        svg.element("text", "Messages", "class", "title", "x", 20, "y", 30);
        svg.element("text", extent, "class", extentClass(), "x", 20, "y", 50);
        double x = 20;
        for (ArrowPainter.Look look : ArrowPainter.Look.values()) {
            svg.open("g", "class", "message " + look.label(), "color", look.colour());
            svg.leaf("path", "class", look.line(), "d", "M" + Numbers.coordinate(x) + " 70h26");
            svg.close();
            svg.element("text", look.meaning(), "x", x + 34, "y", 74);
            x += 34 + look.meaning().length() * 6.4 + 24;
        }
    }

    private void drawFault(FaultWindow fault) {
        int first = firstRowFrom(fault.fromNanos());
        int end = fault.toNanos() == Long.MAX_VALUE ? events.size() : firstRowFrom(fault.toNanos() + 1);
        if (first >= end) {
            return;
        }
        double top = y(first) - ROW_HEIGHT / 2;
        double height = y(end - 1) + ROW_HEIGHT / 2 - top;
        svg.open("g").element("title", fault.details());
        svg.leaf("rect", "y", top, "width", width, "height", height, "fill", Palette.FAULT_FILL);
        for (int row = first; row < end; row = (row / ROWS_BETWEEN_NAMES + 1) * ROWS_BETWEEN_NAMES) {
            String name = Text.ellipsis(fault.name(), FAULT_MAX_CHARS);
            svg.element("text", name, "class", "fault", "x", columns.end(), "y", y(row) + 4);
        }
        svg.close();
    }

    /** The first row that is not before the time; entries are in order of time. */
    private int firstRowFrom(long nanos) {
        int row = 0;
        while (row < events.size() && events.get(row).atNanos() < nanos) {
            row++;
        }
        return row;
    }

    private void drawLines() {
        for (Column column : columns.all()) {
            String line = "M" + Numbers.coordinate(column.x()) + " " + Numbers.coordinate(TOP - 12) + "V"
                    + Numbers.coordinate(bottom());
            svg.leaf("path", "class", "lifeline", "d", line, "stroke", "#c3cbd4");
        }
    }

    private void drawTimes() {
        long last = 0;
        int lastRow = -TIME_ROWS;
        for (int row = 0; row < events.size(); row++) {
            long nanos = events.get(row).atNanos();
            if (row - lastRow >= TIME_ROWS || nanos - last >= TIME_GAP_NANOS) {
                svg.element("text", Numbers.seconds(nanos, 4) + " s", "class", "time", "x", 78, "y", y(row) + 3.5);
                last = nanos;
                lastRow = row;
            }
        }
    }

    /** Names over everything, at the top and again further down. */
    private void drawNames() {
        for (Role role : Role.values()) {
            double[] x = columns.all().stream()
                    .filter(column -> column.role() == role)
                    .mapToDouble(Column::x)
                    .toArray();
            if (x.length > 0) {
                double middle = (x[0] + x[x.length - 1]) / 2;
                svg.element("text", role.plural(), "class", "muted middle", "x", middle, "y", TOP - 36);
            }
        }
        for (int row = 0; row == 0 || row < events.size(); row += ROWS_BETWEEN_NAMES) {
            for (Column column : columns.all()) {
                String name = Text.ellipsis(column.name(), 12);
                svg.element("text", name, "class", "name middle halo", "x", column.x(), "y", y(row) - 18);
            }
        }
    }
}
