package dev.gyre.core;

/** A disk did not do what it was asked. Thrown out of a step, it ends the node: what is on its disk is not known any more. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** There is no room. What was there before is there still. */
        FULL,
        /** The device or the file system failed. */
        FAILED,
        /** What was read is not what was written. */
        CORRUPT
    }

    /**
     * A failure.
     *
     * @param message names the file, the offset in it where there is one, and what to do
     */
    public StorageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A failure with its cause. */
    public StorageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
