package dev.gyre.maelstrom.engine;

import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.workload.Workload;
import java.util.List;
import java.util.Optional;

/**
 * What a run leaves behind.
 *
 * @param workload what was asked
 * @param history the operations, in order of invocation
 * @param events the history as events, in order of time
 * @param counts messages
 * @param problems replies that made no sense
 * @param failure why the run broke off; nothing when it came to its end
 */
public record RunResult<I, O>(
        Workload<I, O> workload,
        List<Operation<I, O>> history,
        List<HistoryEvent> events,
        NetworkCounts counts,
        Problems problems,
        Optional<RunFailure> failure) {}
