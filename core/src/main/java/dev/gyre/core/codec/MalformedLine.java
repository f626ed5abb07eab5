package dev.gyre.core.codec;

/** A line is no message. Without a stack trace: it is the sender's mistake. */
public final class MalformedLine extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the line. */
    public MalformedLine(String message) {
        super(message, null, false, false);
    }

    /** The same, with the column at which it shows, from 1. */
    MalformedLine at(int column) {
        return new MalformedLine(getMessage() + " (at column " + column + ")");
    }
}
