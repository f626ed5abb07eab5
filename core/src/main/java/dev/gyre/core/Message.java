package dev.gyre.core;

/**
 * A message between two nodes, or between a client and a node.
 *
 * @param src the id of the sender; ids that start with {@code c} belong to clients
 * @param dest the id of the receiver
 * @param body what it carries
 */
public record Message<M>(String src, String dest, Body<M> body) {
    /** The payload of the body. */
    public M payload() {
        return body.payload();
    }

    /** What is needed to answer this message, now or later. */
    public Request request() {
        return new Request(src, body.msgId());
    }
}
