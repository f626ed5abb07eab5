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
import java.util.Optional;

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
                        windows.add(window(fault, begin, Optional.of(event)));
                    }
                }
            }
        }
        open.forEach((fault, begin) -> windows.add(window(fault, begin, Optional.empty())));
        return windows;
    }

    private static FaultWindow window(String fault, HistoryEvent begin, Optional<HistoryEvent> end) {
        var name = new StringBuilder(fault).append(' ').append(text(begin.value()));
        // What came of it, of a fault that has an outcome.
        end.map(event -> text(event.value()))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> name.append(": ").append(text));
        end.flatMap(HistoryEvent::error)
                .ifPresent(error -> name.append(" (").append(error).append(')'));
        return new FaultWindow(
                name.toString(), begin.atNanos(), end.map(HistoryEvent::atNanos).orElse(Long.MAX_VALUE));
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static String text(RpcError error) {
        return error.text().isEmpty() ? error.code().toString() : error.code() + ": " + error.text();
    }
}
