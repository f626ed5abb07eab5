package dev.gyre.core;

/**
 * An error reply: thrown from {@link Service#step} to answer the request at hand, and found in the {@link Outcome} of a
 * call that was answered so. It has no stack trace: it is an answer, not a defect.
 */
public final class RpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String text;

    /**
     * An error with a code and a text for people.
     *
     * @param code what kind of error
     * @param text what went wrong and, where it helps, what to do; may be empty
     */
    public RpcError(ErrorCode code, String text) {
        super(text.isEmpty() ? code.toString() : code + ": " + text, null, false, false);
        this.code = code;
        this.text = text;
    }

    /** What kind of error this is. */
    public ErrorCode code() {
        return code;
    }

    /** The text that travels with the code; may be empty. */
    public String text() {
        return text;
    }
}
