package dev.gyre.stream.codec;

/** Bytes that cannot be read, as they are cut off, damaged or of another version of the job; or that are more than may be written. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /**
     * Bytes and what is wrong with them.
     *
     * @param what names the bytes for people: an object, an operator
     * @param offset where in them, at least 0
     * @param problem what is wrong there and, where it helps, what to do
     */
    public CodecException(String what, long offset, String problem) {
        super(what + ", offset " + offset + ": " + problem);
        this.offset = offset;
    }

    /** As above, with what it came from. */
    public CodecException(String what, long offset, String problem, Throwable cause) {
        super(what + ", offset " + offset + ": " + problem, cause);
        this.offset = offset;
    }

    /** Where in the bytes, at least 0. */
    public long offset() {
        return offset;
    }
}
