package dev.gyre.maelstrom.report;

/** A straight line in a picture, from one place to another, as SVG path data. */
record Way(double fromX, double fromY, double toX, double toY) {
    private static final double HEAD = 6;
    private static final double HEAD_ANGLE = 0.42;
    private static final double LENGTH_SHARE_MIN = 0.3;

    String path() {
        return "M" + point(fromX, fromY) + "L" + point(toX, toY);
    }

    /** The two strokes of an arrow's head at the end of the line. */
    String head() {
        double angle = Math.atan2(toY - fromY, toX - fromX);
        return "M" + barb(angle + HEAD_ANGLE) + "L" + point(toX, toY) + "L" + barb(angle - HEAD_ANGLE);
    }

    /** The line without so many pixels at its end, though never shorter than a part of itself. */
    Way shorter(double pixels) {
        return until(Math.max(LENGTH_SHARE_MIN, 1 - pixels / Math.max(1, length())));
    }

    /** The beginning of the line, so many pixels long. */
    Way first(double pixels) {
        return until(Math.min(1, pixels / Math.max(1, length())));
    }

    /** The end of the line, so many pixels long. */
    Way last(double pixels) {
        Way backwards = new Way(toX, toY, fromX, fromY).first(pixels);
        return new Way(backwards.toX, backwards.toY, toX, toY);
    }

    boolean rightwards() {
        return toX > fromX;
    }

    static String point(double x, double y) {
        return Numbers.coordinate(x) + " " + Numbers.coordinate(y);
    }

    private Way until(double share) {
        return new Way(fromX, fromY, fromX + (toX - fromX) * share, fromY + (toY - fromY) * share);
    }

    private double length() {
        return Math.hypot(toX - fromX, toY - fromY);
    }

    private String barb(double angle) {
        return point(toX - HEAD * Math.cos(angle), toY - HEAD * Math.sin(angle));
    }
}
