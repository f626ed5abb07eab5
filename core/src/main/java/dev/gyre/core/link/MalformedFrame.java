package dev.gyre.core.link;

/** Bytes that are no frame, or a frame that cannot stand where it does. Whoever sent them is not to be listened to any more on this connection. */
public final class MalformedFrame extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was found, and what was expected. */
    public MalformedFrame(String reason) {
        super(reason);
    }

    MalformedFrame(String reason, Exception cause) {
        super(reason + ": " + cause.getMessage(), cause);
    }
}
