package dev.gyre.maelstrom.report;

import java.util.List;

/**
 * The ground of every chart over time: heading, panels one above the other with their axes, and bands where faults were in
 * force. Charts draw their marks on it. A panel for each kind of operation leaves colour free to say how operations ended.
 */
final class Plot {
    static final double WIDTH = 960;
    static final double LEFT = 78;
    static final double RIGHT = WIDTH - 24;

    private static final double TOP = 150;
    private static final double PANEL_GAP = 44;
    private static final double BOTTOM = 56;
    private static final int TIME_MARKS = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String STYLE = "text{font-size:12px;fill:" + Palette.INK + "}.muted{fill:" + Palette.MUTED
            + "}.title{font-size:17px;font-weight:600}.panel{font-weight:600}.fault{fill:" + Palette.VIOLET
            + ";font-size:11px}.end{text-anchor:end}.middle{text-anchor:middle}"
            + "path{fill:none;stroke-linecap:round;stroke-linejoin:round}.point:hover{stroke-width:7}";

    private final List<Panel> panels;
    private final Scale.Linear time;
    private final double panelHeight;
    private final Markup svg;

    /** Draws the ground for a run that ended then; without panels it says that there is nothing to show. */
    Plot(PlotHeading heading, long endNanos, List<Panel> panels, List<FaultWindow> faults) {
        this.panels = panels;
        time = Scale.Linear.upTo(endNanos / NANOS_PER_SECOND, TIME_MARKS);
        panelHeight = panels.size() <= 1 ? 280 : panels.size() == 2 ? 180 : 140;
        svg = Markup.scalableSvg(WIDTH, bottom() + BOTTOM, STYLE, heading.title());
        heading.draw(svg);
        new FaultBands(svg, this::x).draw(faults, TOP - 30, bottom());
        for (int i = 0; i < panels.size(); i++) {
            drawPanel(i, heading.axis());
        }
        drawTimeAxis();
    }

    /** Where charts draw. */
    Markup svg() {
        return svg;
    }

    /** The place of a time. */
    double x(long nanos) {
        return LEFT + time.fraction(nanos / NANOS_PER_SECOND) * (RIGHT - LEFT);
    }

    /** The place of a value in a panel. */
    double y(int panel, double value) {
        return panelTop(panel) + (1 - panels.get(panel).scale().fraction(value)) * panelHeight;
    }

    private double panelTop(int panel) {
        return TOP + panel * (panelHeight + PANEL_GAP);
    }

    private double bottom() {
        return panelTop(Math.max(0, panels.size() - 1)) + panelHeight;
    }

    private void drawPanel(int index, String axis) {
        Panel panel = panels.get(index);
        double top = panelTop(index);
        svg.open("text", "x", LEFT, "y", top - 10);
        svg.open("tspan", "class", "panel")
                .text(Text.ellipsis(panel.name(), 40))
                .close();
        svg.element("tspan", panel.note(), "class", "muted", "dx", 10).close();
        for (Scale.Tick tick : panel.scale().ticks()) {
            double y = y(index, tick.value());
            svg.leaf("path", "d", line(LEFT, y, RIGHT, y), "stroke", Palette.GRID);
            svg.element("text", tick.label(), "class", "muted end", "x", LEFT - 8, "y", y + 4);
        }
        double middle = top + panelHeight / 2;
        String turned = "rotate(-90 16 " + Numbers.coordinate(middle) + ")";
        svg.element("text", axis, "class", "muted middle", "x", 16, "y", middle + 4, "transform", turned);
    }

    private void drawTimeAxis() {
        double middle = (LEFT + RIGHT) / 2;
        for (Scale.Tick tick : time.ticks()) {
            double x = x(Math.round(tick.value() * NANOS_PER_SECOND));
            for (int panel = 0; panel < panels.size(); panel++) {
                double end = panelTop(panel) + panelHeight;
                svg.leaf("path", "d", line(x, end, x, end + 4), "stroke", Palette.AXIS);
            }
            svg.element("text", tick.label(), "class", "muted middle", "x", x, "y", bottom() + 19);
        }
        svg.element("text", "time since the run began, s", "class", "muted middle", "x", middle, "y", bottom() + 40);
        for (int panel = 0; panel < panels.size(); panel++) {
            double end = panelTop(panel) + panelHeight;
            svg.leaf("path", "d", line(LEFT, end, RIGHT, end), "stroke", Palette.AXIS);
        }
        if (panels.isEmpty()) {
            svg.leaf("path", "d", line(LEFT, bottom(), RIGHT, bottom()), "stroke", Palette.AXIS);
            svg.element("text", "No operations to show.", "class", "muted middle", "x", middle, "y", bottom() - 140);
        }
    }

    private static String line(double fromX, double fromY, double toX, double toY) {
        return "M" + Numbers.coordinate(fromX) + " " + Numbers.coordinate(fromY) + "L" + Numbers.coordinate(toX) + " "
                + Numbers.coordinate(toY);
    }
}
