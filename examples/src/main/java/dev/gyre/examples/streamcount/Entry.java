package dev.gyre.examples.streamcount;

import dev.gyre.core.Request;
import java.util.Optional;

/** An entry of the log. */
public sealed interface Entry {
    /** How many partitions the log has as a source: of no effect on the totals, and at least as many as there will be workers. */
    int PARTITIONS = 16;

    /**
     * A client adds a value.
     *
     * @param client is answered when the entry is committed
     */
    record Added(Request client, String key, int value) implements Entry {}

    /** A client asks for a total: of all that was added before this entry. */
    record Asked(String key, Caller caller) implements Entry {}

    /** The job has a snapshot behind this position of a partition. */
    record Trimmed(int partition, long position) implements Entry {}

    /**
     * Who is to be answered.
     *
     * @param node which the client has asked
     * @param msgId of the request
     */
    record Caller(String node, String client, long msgId) {}

    /**
     * What the job reads: something is added to a total, and somebody may ask for it.
     *
     * @param value 0 when it is only asked for
     */
    record Change(String key, int value, Optional<Caller> caller) {}
}
