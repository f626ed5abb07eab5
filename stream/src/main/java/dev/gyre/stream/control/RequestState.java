package dev.gyre.stream.control;

/**
 * What became of a user's request. The last ones are kept, so that one that is repeated is answered and not done again.
 *
 * @param request its id
 * @param detail what came of it, for its user
 */
public record RequestState(String request, Status status, String detail) {
    /** How far a request is. */
    public enum Status {
        /** Its operation is under way. */
        PENDING,
        /** It was done. */
        DONE,
        /** Its operation was aborted. */
        FAILED
    }
}
