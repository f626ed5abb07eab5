package dev.gyre.maelstrom.report;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Draws the messages of a Lamport diagram. The label of a message stands at its sender, in the row of the sending: since every event
 * has a row of its own, no two labels meet, however dense the traffic. A message that is under way for longer than a screen is
 * only hinted at between its ends, and each end names the other: hundreds of such lines would hide everything else.
 */
final class ArrowPainter {
    static final String STYLE = ".message path{fill:none;stroke:currentColor;stroke-width:1.3;stroke-linecap:round}"
            + ".message .dashed{stroke-dasharray:5 4}.message .open{stroke-dasharray:1 4}"
            + ".message .hit{stroke:transparent;stroke-width:9}.message .faint{opacity:.13}"
            + ".message text{font-size:10.5px;fill:currentColor}"
            + ".halo,.message text{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
            + ".message:hover path:not(.hit){stroke-width:3;opacity:1}.message:hover text{font-weight:700}"
            + ".reason{pointer-events:none}";

    /** A line over more rows than a screen has: its ends are never seen together. */
    static final int LONG_ROWS = 60;

    private static final double CROSS = 4;
    private static final double STUB = 34;
    private static final double LONG_STUB = 52;
    private static final double LOOP = 30;
    private static final double BEFORE_DEST = 14;
    private static final int REASON_MAX_CHARS = 28;

    /** What a message looks like, by what is most worth seeing. */
    enum Look {
        CLIENT(Palette.BLUE, "solid", "to or from a client"),
        NODE(Palette.INK, "solid", "between nodes"),
        ERROR(Palette.PINK, "solid", "error"),
        DROPPED(Palette.RED, "dashed", "dropped, and why");

        private final String colour;
        private final String line;
        private final String meaning;

        Look(String colour, String line, String meaning) {
            this.colour = colour;
            this.line = line;
            this.meaning = meaning;
        }

        static Look of(Arrow arrow) {
            if (arrow.fate() == Arrow.Fate.DROPPED) {
                return DROPPED;
            }
            if (arrow.event().words().error()) {
                return ERROR;
            }
            return arrow.event().route().ofClient() ? CLIENT : NODE;
        }

        String colour() {
            return colour;
        }

        String line() {
            return line;
        }

        String meaning() {
            return meaning;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Markup svg;
    private final DiagramColumns columns;
    private final IntToDoubleFunction rowY;

    ArrowPainter(Markup svg, DiagramColumns columns, IntToDoubleFunction rowY) {
        this.svg = svg;
        this.columns = columns;
        this.rowY = rowY;
    }

    void draw(Arrow arrow) {
        Look look = Look.of(arrow);
        svg.open("g", "class", "message " + look.label(), "color", look.colour());
        svg.element("title", arrow.details());
        if (arrow.event().route().toItself()) {
            drawLoop(arrow);
        } else {
            drawLine(arrow, look, way(arrow));
        }
        drawLabels(arrow);
        svg.close();
    }

    /** Why a message was dropped, beside its cross. To be drawn after all messages, since later ones may pass here. */
    void drawReason(Arrow arrow) {
        if (arrow.fate() == Arrow.Fate.DROPPED) {
            Way cut = way(arrow).shorter(BEFORE_DEST);
            svg.open("g", "class", "message reason", "color", Palette.RED);
            String reason = Text.ellipsis(arrow.event().reason(), REASON_MAX_CHARS);
            drawText(reason, cut.toX(), cut.toY() + 11, !cut.rightwards());
            svg.close();
        }
    }

    /** Where the message goes; when one end is outside the picture, a stub at the other. */
    private Way way(Arrow arrow) {
        double src = columns.x(arrow.event().route().src());
        double dest = columns.x(arrow.event().route().dest());
        double side = Math.signum(dest - src);
        double top = rowY.applyAsDouble(arrow.top());
        if (arrow.from() == Arrow.OUTSIDE) {
            return new Way(dest - side * STUB, top - MessageDiagramSvg.ROW_HEIGHT / 2, dest, top);
        }
        if (arrow.to() == Arrow.OUTSIDE) {
            return new Way(src, top, src + side * STUB, top + MessageDiagramSvg.ROW_HEIGHT / 2);
        }
        return new Way(src, top, dest, rowY.applyAsDouble(arrow.to()));
    }

    private void drawLine(Arrow arrow, Look look, Way way) {
        boolean dropped = arrow.fate() == Arrow.Fate.DROPPED;
        Way drawn = dropped ? way.shorter(BEFORE_DEST) : way;
        String line = arrow.fate() == Arrow.Fate.OPEN ? "open" : look.line();
        String head = arrow.fate() == Arrow.Fate.RECEIVED ? drawn.head() : "";
        if (arrow.rows() > LONG_ROWS) {
            svg.leaf("path", "class", "faint", "d", drawn.path());
            String ends = drawn.first(LONG_STUB).path() + drawn.last(LONG_STUB).path();
            svg.leaf("path", "class", line, "d", ends + head);
        } else {
            svg.leaf("path", "class", "hit", "d", drawn.path());
            svg.leaf("path", "class", line, "d", drawn.path() + head);
        }
        if (dropped) {
            drawCross(drawn.toX(), drawn.toY());
        }
    }

    private void drawCross(double x, double y) {
        String falling = new Way(x - CROSS, y - CROSS, x + CROSS, y + CROSS).path();
        String rising = new Way(x - CROSS, y + CROSS, x + CROSS, y - CROSS).path();
        svg.leaf("path", "class", "cross", "d", falling + rising);
    }

    /** A message of a node to itself. */
    private void drawLoop(Arrow arrow) {
        double x = columns.x(arrow.event().route().src());
        double top = rowY.applyAsDouble(arrow.top());
        double end = arrow.to() == Arrow.OUTSIDE ? top + MessageDiagramSvg.ROW_HEIGHT : rowY.applyAsDouble(arrow.to());
        String path = "M" + Way.point(x, top) + "C" + Way.point(x + LOOP, top) + " " + Way.point(x + LOOP, end) + " "
                + Way.point(x, end);
        switch (arrow.fate()) {
            case RECEIVED -> svg.leaf("path", "class", "solid", "d", path + new Way(x + LOOP, end, x, end).head());
            case OPEN -> svg.leaf("path", "class", "open", "d", path);
            case DROPPED -> {
                svg.leaf("path", "class", "dashed", "d", path);
                drawCross(x, end);
            }
        }
    }

    private void drawLabels(Arrow arrow) {
        DiagramEvent.Route route = arrow.event().route();
        String type = arrow.event().words().label();
        boolean rightwards = columns.x(route.dest()) >= columns.x(route.src());
        boolean isLong = arrow.rows() > LONG_ROWS;
        if (arrow.from() != Arrow.OUTSIDE && !arrow.copy()) {
            String label = isLong ? type + " to " + shortName(route.dest()) : type;
            drawText(label, columns.x(route.src()), rowY.applyAsDouble(arrow.from()) - 4, rightwards);
        }
        if (arrow.from() == Arrow.OUTSIDE || (isLong && arrow.fate() == Arrow.Fate.RECEIVED)) {
            String label = type + " from " + shortName(route.src());
            drawText(label, columns.x(route.dest()), rowY.applyAsDouble(arrow.to()) - 4, !rightwards);
        }
    }

    private static String shortName(String id) {
        return Text.ellipsis(id, 12);
    }

    /** Text beside a place, to its right or to its left. */
    private void drawText(String text, double x, double y, boolean right) {
        svg.element("text", text, "x", x + (right ? 7 : -7), "y", y, "text-anchor", right ? "start" : "end");
    }
}
