package dev.gyre.maelstrom.report;

import java.util.function.IntToDoubleFunction;

/**
 * Draws the messages of a Lamport diagram. The label of a message stands at its sender, in the row of the sending: since every event
 * has a row of its own, no two labels meet, however dense the traffic.
 */
final class ArrowPainter {
    static final String STYLE = ".message path{fill:none;stroke:currentColor;stroke-width:1.3;stroke-linecap:round}"
            + ".message .dashed{stroke-dasharray:5 4}.message .open{stroke-dasharray:1 4}"
            + ".message .hit{stroke:transparent;stroke-width:9}"
            + ".message text{font-size:10.5px;fill:currentColor}"
            + ".halo,.message text{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
            + ".message:hover path:not(.hit){stroke-width:3}.message:hover text{font-weight:700}.reason{pointer-events:none}";

    private static final double HEAD = 6;
    private static final double CROSS = 4;
    private static final double STUB = 34;
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
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A line from one place to another. */
    private record Way(double fromX, double fromY, double toX, double toY) {
        String path() {
            return "M" + point(fromX, fromY) + "L" + point(toX, toY);
        }

        /** The two strokes of an arrow's head at the end of the line. */
        String head() {
            double angle = Math.atan2(toY - fromY, toX - fromX);
            return "M" + barb(angle + 0.42) + "L" + point(toX, toY) + "L" + barb(angle - 0.42);
        }

        private String barb(double angle) {
            return point(toX - HEAD * Math.cos(angle), toY - HEAD * Math.sin(angle));
        }

        /** The line cut short by so many pixels. */
        Way shorter(double pixels) {
            double length = Math.hypot(toX - fromX, toY - fromY);
            double share = Math.max(0.3, 1 - pixels / Math.max(1, length));
            return new Way(fromX, fromY, fromX + (toX - fromX) * share, fromY + (toY - fromY) * share);
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
        DiagramEvent.Route route = arrow.event().route();
        if (route.src().equals(route.dest())) {
            drawLoop(arrow, columns.x(route.src()));
        } else {
            drawLine(arrow, way(arrow));
        }
        if (!arrow.copy()) {
            drawLabel(arrow);
        }
        svg.close();
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

    private void drawLine(Arrow arrow, Way way) {
        svg.leaf("path", "class", "hit", "d", way.path());
        switch (arrow.fate()) {
            case RECEIVED -> svg.leaf("path", "class", "solid", "d", way.path() + way.head());
            case OPEN -> svg.leaf("path", "class", "open", "d", way.path());
            case DROPPED -> {
                Way cut = way.shorter(BEFORE_DEST);
                svg.leaf("path", "class", "dashed", "d", cut.path());
                drawCross(cut.toX(), cut.toY());
            }
        }
    }

    private void drawCross(double x, double y) {
        String falling = "M" + point(x - CROSS, y - CROSS) + "L" + point(x + CROSS, y + CROSS);
        String rising = "M" + point(x + CROSS, y - CROSS) + "L" + point(x - CROSS, y + CROSS);
        svg.leaf("path", "class", "cross", "d", falling + rising);
    }

    /** Why a message was dropped, beside its cross. To be drawn after all messages, since later ones may pass here. */
    void drawReason(Arrow arrow) {
        if (arrow.fate() != Arrow.Fate.DROPPED) {
            return;
        }
        Way cut = way(arrow).shorter(BEFORE_DEST);
        boolean rightwards = cut.toX() > cut.fromX();
        String reason = Text.ellipsis(arrow.event().reason(), REASON_MAX_CHARS);
        svg.open("g", "class", "message reason", "color", Palette.RED);
        svg.element(
                "text",
                reason,
                "x",
                cut.toX() + (rightwards ? -8 : 8),
                "y",
                cut.toY() + 11,
                "text-anchor",
                rightwards ? "end" : "start");
        svg.close();
    }

    /** A message of a node to itself. */
    private void drawLoop(Arrow arrow, double x) {
        double top = rowY.applyAsDouble(arrow.top());
        double end = arrow.to() == Arrow.OUTSIDE ? top + MessageDiagramSvg.ROW_HEIGHT : rowY.applyAsDouble(arrow.to());
        String path =
                "M" + point(x, top) + "C" + point(x + LOOP, top) + " " + point(x + LOOP, end) + " " + point(x, end);
        switch (arrow.fate()) {
            case RECEIVED -> svg.leaf("path", "class", "solid", "d", path + new Way(x + LOOP, end, x, end).head());
            case OPEN -> svg.leaf("path", "class", "open", "d", path);
            case DROPPED -> {
                svg.leaf("path", "class", "dashed", "d", path);
                drawCross(x, end);
            }
        }
    }

    private void drawLabel(Arrow arrow) {
        DiagramEvent.Route route = arrow.event().route();
        boolean rightwards = columns.x(route.dest()) >= columns.x(route.src());
        double x = columns.x(arrow.from() == Arrow.OUTSIDE ? route.dest() : route.src());
        boolean right = rightwards != (arrow.from() == Arrow.OUTSIDE);
        svg.element(
                "text",
                arrow.event().words().label(),
                "x",
                x + (right ? 7 : -7),
                "y",
                rowY.applyAsDouble(arrow.top()) - 4,
                "text-anchor",
                right ? "start" : "end");
    }

    private static String point(double x, double y) {
        return Numbers.coordinate(x) + " " + Numbers.coordinate(y);
    }
}
