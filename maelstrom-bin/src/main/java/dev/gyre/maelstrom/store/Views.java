package dev.gyre.maelstrom.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.report.FaultWindow;
import dev.gyre.maelstrom.report.OperationView;
import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A run as its pictures show it. */
final class Views {
    private static final String BEGINS = "start-";
    private static final String ENDS = "stop-";

    private Views() {}

    static <I, O> List<OperationView> operations(RunResult<I, O> run) {
        return run.history().stream()
                .map(operation -> view(run.workload(), operation))
                .toList();
    }

    private static <I, O> OperationView view(Workload<I, O> workload, Operation<I, O> operation) {
        var input = operation.input();
        return new OperationView(
                operation.process(),
                workload.function(input),
                text(workload.inputValue(input)),
                operation.invokedNanos(),
                operation.completedNanos(),
                switch (operation.outcome()) {
                    case Outcome.Ok<O>(O output) ->
                        new OperationView.Result(Kind.OK, text(workload.outputValue(input, output)));
                    case Outcome.Failed<O>(RpcError error) -> new OperationView.Result(Kind.FAILED, text(error));
                    case Outcome.Unknown<O>(RpcError error) -> new OperationView.Result(Kind.UNKNOWN, text(error));
                });
    }

    /** Faults from their first to their last moment; one that was never repaired has no end. */
    static List<FaultWindow> faults(List<HistoryEvent> events) {
        var open = new LinkedHashMap<String, HistoryEvent>();
        var windows = new ArrayList<FaultWindow>();
        for (var event : events) {
            if (event.process().equals(HistoryEvent.NEMESIS)) {
                String function = event.function();
                if (function.startsWith(BEGINS)) {
                    open.put(function.substring(BEGINS.length()), event);
                } else {
                    String fault = function.substring(ENDS.length());
                    var begin = open.remove(fault);
                    if (begin != null) {
                        windows.add(window(fault, begin, event.atNanos()));
                    }
                }
            }
        }
        open.forEach((fault, begin) -> windows.add(window(fault, begin, Long.MAX_VALUE)));
        return windows;
    }

    private static FaultWindow window(String fault, HistoryEvent begin, long toNanos) {
        return new FaultWindow(fault + " " + text(begin.value()), begin.atNanos(), toNanos);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static String text(RpcError error) {
        return error.text().isEmpty() ? error.code().toString() : error.code() + ": " + error.text();
    }
}
