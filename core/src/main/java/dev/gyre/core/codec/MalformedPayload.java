package dev.gyre.core.codec;

/** A message's body does not fit the record that its type names. Without a stack trace: it is the sender's mistake. */
public final class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    /** What does not fit, and where. */
    public MalformedPayload(String message) {
        super(message, null, false, false);
    }
}
