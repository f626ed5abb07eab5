package dev.gyre.core;

/**
 * Something that can never be has happened: the node's state cannot be trusted, so the node stops. Never thrown for bad
 * input.
 */
public final class InvariantViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A violation, told so that its reader knows what was expected and what was found. */
    public InvariantViolation(String message) {
        super(message);
    }

    /** A violation that shows itself in an exception. */
    public InvariantViolation(String message, Throwable cause) {
        super(message, cause);
    }
}
