package dev.gyre.maelstrom.report;

/** How a point of a chart looks: kinds of outcome differ in shape, not in colour alone. */
enum Mark {
    DOT,
    CROSS,
    TRIANGLE;

    static Mark of(OperationView.Kind kind) {
        return switch (kind) {
            case OK -> DOT;
            case FAILED -> CROSS;
            case UNKNOWN -> TRIANGLE;
        };
    }

    /** The mark at a place, as SVG path data: a dot is a line of no length with round ends. */
    String path(double x, double y) {
        return switch (this) {
            case DOT -> move(x, y) + "h0";
            case CROSS -> move(x - 3, y - 3) + "l6 6m0-6l-6 6";
            case TRIANGLE -> move(x, y - 4) + "l4 7h-8z";
        };
    }

    /** Thickness of the mark's lines. */
    double width() {
        return this == DOT ? 4.5 : 1.6;
    }

    private static String move(double x, double y) {
        return "M" + Numbers.coordinate(x) + " " + Numbers.coordinate(y);
    }
}
