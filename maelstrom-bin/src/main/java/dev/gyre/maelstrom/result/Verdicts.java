package dev.gyre.maelstrom.result;

import dev.gyre.core.checker.Validity;

/** Verdicts as values of a result map. */
public final class Verdicts {
    private Verdicts() {}

    /** {@code true}, {@code false} or {@code "unknown"}. */
    public static Object value(Validity validity) {
        return switch (validity) {
            case VALID -> true;
            case UNKNOWN -> "unknown";
            case INVALID -> false;
        };
    }

    static Validity of(boolean holds) {
        return holds ? Validity.VALID : Validity.INVALID;
    }
}
