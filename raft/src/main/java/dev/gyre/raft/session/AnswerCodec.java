package dev.gyre.raft.session;

/**
 * Answers of a state machine as bytes, in which form sessions keep them. What was encoded once must be decoded by all later versions of
 * the application, into an equal answer.
 *
 * @param <A> the answers
 */
public interface AnswerCodec<A> {
    /** An answer as bytes; equal answers give equal bytes at every replica. */
    byte[] encode(A answer);

    /**
     * The answer that was encoded.
     *
     * @throws IllegalArgumentException when the bytes are of no answer
     */
    A decode(byte[] bytes);
}
