package dev.gyre.bench.raft;

import java.util.List;

/** Three running replicas, numbered from 0. */
public interface Group extends AutoCloseable {
    /** How many replicas a group has. */
    int REPLICAS = 3;

    /**
     * Proposes an operation to the present leader; one thread at a time calls this.
     *
     * @param value the operation; the caller does not touch it again
     */
    void submit(byte[] value, Completion completion);

    /** What each replica that was not stopped has applied. */
    List<Applied> applied();

    /** The number of the replica that leads and was not stopped, or -1. */
    int leader();

    /**
     * Stops a replica as a crash would: it sends nothing more that would tell the others. Returns at once.
     *
     * @param replica the number of the leader
     */
    void stopSilently(int replica);

    /**
     * Asks the leader to hand over to another replica and returns at once.
     *
     * @param from the number of the leader
     * @return false if this Raft can never do that
     * @throws IllegalStateException if it refused this time
     */
    boolean transferLeadership(int from);

    @Override
    void close();
}
