package dev.gyre.stream.http;

/** A request makes no sense; the message says what, where, and what to do instead. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    BadRequest(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
