package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How the checkers' sentences name operations, times and counts, so that all of them read alike. */
final class Phrases {
    private Phrases() {}

    /** A time of a run in seconds, to the microsecond. */
    static String seconds(long nanos) {
        var rounded = BigDecimal.valueOf(nanos, 9).setScale(6, RoundingMode.HALF_UP);
        return rounded.stripTrailingZeros().toPlainString() + " s";
    }

    /** Who did an operation and when, to be put behind what was done. */
    static String where(Operation<?, ?> operation) {
        String times = operation.isUnknown()
                ? "invoked at " + seconds(operation.invokedNanos()) + ", outcome unknown"
                : seconds(operation.invokedNanos()) + " to " + seconds(operation.completedNanos());
        return "(process " + operation.process() + ", operation " + operation.index() + ", " + times + ")";
    }

    /** A number and the noun that fits it. */
    static String count(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }
}
