package dev.gyre.maelstrom.report;

/**
 * The colours of all reports. Text and lines have a contrast of at least 4.5 to 1 with white and with faults (WCAG 2.2,
 * 1.4.3); and no two meanings differ by colour alone.
 */
final class Palette {
    static final String INK = "#1f2933";
    static final String MUTED = "#566270";
    static final String AXIS = "#9aa5b1";
    static final String GRID = "#dfe4ea";

    /** Messages of clients; the median. */
    static final String BLUE = "#1565c0";
    /** Operations that were served. */
    static final String GREEN = "#1b7545";

    static final String GREEN_FILL = "#d5f0de";
    /** Errors, and operations that failed. */
    static final String PINK = "#c4186f";

    static final String PINK_FILL = "#fbd9ea";
    /** Operations whose outcome nobody knows. */
    static final String ORANGE = "#a65500";

    static final String ORANGE_FILL = "#ffe6c2";
    /** Messages that were dropped. */
    static final String RED = "#c92a2a";

    static final String TEAL = "#0a716c";
    static final String VIOLET = "#5d4a99";
    /** Time during which a fault was in force; its words are in {@link #VIOLET}. */
    static final String FAULT_FILL = "#efebf8";

    static final String FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    private Palette() {}

    /** The colour of lines and text of operations that ended so. */
    static String of(OperationView.Kind kind) {
        return switch (kind) {
            case OK -> GREEN;
            case FAILED -> PINK;
            case UNKNOWN -> ORANGE;
        };
    }

    /** The colour of areas of operations that ended so. */
    static String fillOf(OperationView.Kind kind) {
        return switch (kind) {
            case OK -> GREEN_FILL;
            case FAILED -> PINK_FILL;
            case UNKNOWN -> ORANGE_FILL;
        };
    }
}
