package dev.gyre.raft;

/** Ends a run, whatever guards the step in which it is thrown. */
final class OracleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    OracleViolation(String message) {
        super(message);
    }
}
