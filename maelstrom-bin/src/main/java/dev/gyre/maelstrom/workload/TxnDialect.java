package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.history.Operation;
import java.util.List;

/**
 * What tells one workload with transactions from another: what its operations are, and who judges them.
 *
 * @param <M> an operation in a transaction
 */
interface TxnDialect<M> {
    /** The workload's name. */
    String name();

    /** The {@code f} of operations that write. */
    String writeFunction();

    M read(String key);

    M write(String key, long value);

    boolean isRead(M part);

    /**
     * A read that was answered.
     *
     * @throws MalformedReply when no read can be answered with this
     */
    M answered(String key, JsonNode value) throws MalformedReply;

    String key(M part);

    /** What an operation writes, or what a read saw; {@code null} when it saw nothing. */
    JsonNode value(M part);

    CheckResult check(List<Operation<List<M>, List<M>>> history);
}
