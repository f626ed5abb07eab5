package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A client's side of its conversation with a node: one operation at a time, each of one or more requests. A pure state machine.
 * An error reply or a timeout ends the operation without asking the session.
 */
public interface Session<I, O> {
    /** Begins an operation. */
    Step<O> begin(I input);

    /**
     * Goes on with the operation after a reply.
     *
     * @param reply the reply's body; its type is not {@code error}
     * @throws MalformedReply when the reply does not have the shape that it must have
     */
    Step<O> next(ObjectNode reply) throws MalformedReply;

    /** What comes next in an operation. */
    sealed interface Step<O> {
        /** Send a request; its {@code msg_id} is added on the way. */
        record Ask<O>(ObjectNode body) implements Step<O> {}

        /** The operation was served. */
        record Done<O>(O output) implements Step<O> {}
    }
}
