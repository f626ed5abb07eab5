package dev.gyre.maelstrom.cli;

/** The command line asks for what cannot be; the message is one line that says what to do instead. */
final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    UsageError(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
