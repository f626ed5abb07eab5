package dev.gyre.core.link;

/**
 * Which connection of which lives a frame belongs to.
 *
 * @param senderIncarnation the life of the node that sends items, at least 1; later lives have higher numbers
 * @param receiverIncarnation that of the node that receives them; 0 in a {@code Hello} to a peer not heard before
 * @param generation rises with each connection of the sender's life to this peer, from 1
 */
public record Connection(long senderIncarnation, long receiverIncarnation, long generation) {
    /** Checks the ranges. */
    public Connection {
        if (senderIncarnation < 1 || receiverIncarnation < 0 || generation < 1) {
            throw new IllegalArgumentException("a connection of incarnations " + senderIncarnation + " and "
                    + receiverIncarnation + " with generation " + generation + ": must be at least 1, 0 and 1");
        }
    }
}
