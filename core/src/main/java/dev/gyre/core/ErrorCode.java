package dev.gyre.core;

import java.util.Map;

/**
 * The code of an error reply. Codes 0 to 999 are Maelstrom's (Maelstrom, "Errors"); an application's own codes start at 1000.
 *
 * @param value the number on the wire, at least 0
 */
public record ErrorCode(int value) {
    /** The request took too long; it may or may not have happened. */
    public static final ErrorCode TIMEOUT = new ErrorCode(0);
    /** The request names a node that does not exist. */
    public static final ErrorCode NODE_NOT_FOUND = new ErrorCode(1);
    /** The node does not know requests of this type. */
    public static final ErrorCode NOT_SUPPORTED = new ErrorCode(10);
    /** The node cannot serve now; the request did not happen, and may be tried again. */
    public static final ErrorCode TEMPORARILY_UNAVAILABLE = new ErrorCode(11);
    /** The request's body does not have the shape that its type requires. */
    public static final ErrorCode MALFORMED_REQUEST = new ErrorCode(12);
    /** The node failed while it served the request, which may or may not have happened. */
    public static final ErrorCode CRASH = new ErrorCode(13);
    /** The request was given up and did not happen. */
    public static final ErrorCode ABORT = new ErrorCode(14);
    /** The key that the request needs does not exist. */
    public static final ErrorCode KEY_DOES_NOT_EXIST = new ErrorCode(20);
    /** The key that the request would create exists already. */
    public static final ErrorCode KEY_ALREADY_EXISTS = new ErrorCode(21);
    /** The value that the request expects is not the one that is there. */
    public static final ErrorCode PRECONDITION_FAILED = new ErrorCode(22);
    /** The transaction conflicts with another and did not happen. */
    public static final ErrorCode TXN_CONFLICT = new ErrorCode(30);

    /** The first code that is free for applications. */
    public static final int FIRST_CUSTOM = 1000;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "timeout"),
            Map.entry(1, "node-not-found"),
            Map.entry(10, "not-supported"),
            Map.entry(11, "temporarily-unavailable"),
            Map.entry(12, "malformed-request"),
            Map.entry(13, "crash"),
            Map.entry(14, "abort"),
            Map.entry(20, "key-does-not-exist"),
            Map.entry(21, "key-already-exists"),
            Map.entry(22, "precondition-failed"),
            Map.entry(30, "txn-conflict"));

    /** Rejects negative numbers. */
    public ErrorCode {
        if (value < 0) {
            throw new IllegalArgumentException("an error code is at least 0, not " + value);
        }
    }

    /** Whether the request surely did not happen. Timeouts, crashes and codes that are not Maelstrom's leave that open. */
    public boolean definite() {
        return value != TIMEOUT.value && value != CRASH.value && NAMES.containsKey(value);
    }

    /** The code's name in Maelstrom's table, such as {@code key-does-not-exist}, or {@code custom-1234}. */
    public String label() {
        return NAMES.getOrDefault(value, "custom-" + value);
    }

    @Override
    public String toString() {
        return value + " " + label();
    }
}
