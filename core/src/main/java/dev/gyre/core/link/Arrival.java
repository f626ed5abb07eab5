package dev.gyre.core.link;

/**
 * What has arrived in a channel. Whoever has taken it says {@link Links#consumed} when it needs no more memory.
 *
 * @param peer who sent it
 * @param incarnation in which life
 * @param bytes what it costs in credit
 */
public record Arrival<P>(
        String peer, long incarnation, String channel, Stamp stamp, int bytes, LinkFrame.Body<P> body) {
    /** Whether it is on the credit of data. */
    public boolean isData() {
        return body instanceof LinkFrame.Body.Data;
    }

    /** Whether it is a barrier: its key is (epoch of the stamp, snapshot, incarnation). */
    public boolean isBarrier() {
        return body instanceof LinkFrame.Body.Barrier;
    }
}
