package dev.gyre.examples.streamcount;

import dev.gyre.core.Request;

/** An entry of the log. */
public sealed interface Entry {
    /** How many partitions the log has as a source: of no effect on the totals, and at least as many as there will be workers. */
    int PARTITIONS = 16;

    /**
     * A client adds a value.
     *
     * @param client is answered when the entry is committed
     * @param nanos the clock of the node that was asked
     * @param tellsWindow whether the client wants to know when it was counted
     */
    record Added(Request client, String key, int value, long nanos, boolean tellsWindow) implements Entry {}

    /**
     * A client asks: for what was added before this entry.
     *
     * @param nanos the clock of the node that was asked
     */
    record Asked(String key, Question question, long nanos) implements Entry {}

    /** The job has a snapshot behind this position of a partition. */
    record Trimmed(int partition, long position) implements Entry {}

    /**
     * What is asked, and who is to be answered.
     *
     * @param isForWindows for the totals of windows, and not for that of all
     * @param node which the client has asked
     * @param msgId of the request
     */
    record Question(boolean isForWindows, String node, String client, long msgId) {}
}
