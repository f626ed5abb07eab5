package dev.gyre.maelstrom.report;

/**
 * One operation of a client as reports show it.
 *
 * @param process the logical process that invoked it, at least 0
 * @param f what kind of operation it is, such as {@code read}
 * @param input what was asked for, as people should read it; empty when there is nothing to say
 * @param invokedNanos when, in nanoseconds since the run began, at least 0
 * @param completedNanos when its outcome was known, in the same measure; not before the invocation
 * @param result what became of it
 */
public record OperationView(
        int process, String f, String input, long invokedNanos, long completedNanos, Result result) {
    /** Limit of an input or result in what pops up: thousands of them are in one picture. */
    private static final int DETAILS_MAX_CHARS = 600;

    /** Rejects times out of order. */
    public OperationView {
        if (invokedNanos < 0 || completedNanos < invokedNanos) {
            throw new IllegalArgumentException("operation " + f + " of process " + process + " is invoked at "
                    + invokedNanos + " ns and completes at " + completedNanos
                    + " ns; times start at 0 and a completion follows its invocation");
        }
    }

    /** How an operation can end. */
    public enum Kind {
        /** It was served. */
        OK,
        /** It surely did not happen. */
        FAILED,
        /** Nobody can say whether it happened. */
        UNKNOWN;

        /** The kind's name in pictures. */
        String label() {
            return switch (this) {
                case OK -> "ok";
                case FAILED -> "failed";
                case UNKNOWN -> "unknown";
            };
        }
    }

    /**
     * What became of an operation.
     *
     * @param kind how it ended
     * @param text what was answered, or what the error says; empty when there is nothing to say
     */
    public record Result(Kind kind, String text) {}

    /** Time from invocation to completion, in nanoseconds. */
    long latencyNanos() {
        return completedNanos - invokedNanos;
    }

    Kind kind() {
        return result.kind();
    }

    /** What a reader who points at the operation sees, in lines. */
    String details() {
        String arrow = kind() == Kind.OK ? "→ " : kind().label() + ": ";
        return f + (input.isEmpty() ? "" : " " + Text.cut(input, DETAILS_MAX_CHARS)) + "\n" + arrow
                + Text.cut(result.text(), DETAILS_MAX_CHARS)
                + "\nprocess "
                + process + ", " + Numbers.seconds(invokedNanos, 4) + " to " + Numbers.seconds(completedNanos, 4)
                + " s, took " + Numbers.duration(latencyNanos());
    }
}
