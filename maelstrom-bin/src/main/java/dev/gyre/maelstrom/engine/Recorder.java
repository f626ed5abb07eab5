package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.nemesis.Nemesis;
import dev.gyre.maelstrom.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Writes the history down: for checkers as operations, for people and files as events. */
final class Recorder<I, O> {
    private final Timeline timeline;
    private final Workload<I, O> workload;
    private final List<Operation<I, O>> completed = new ArrayList<>();
    private final SequencedMap<Integer, Open<I>> open = new TreeMap<>();
    private final List<HistoryEvent> events = new ArrayList<>();
    private final Tally tally = new Tally();
    private int invoked;

    /** An operation under way. */
    record Open<I>(int index, int process, I input, long invokedNanos) {}

    /** What an event says of its operation. */
    private record Said(JsonNode value, Optional<String> error, ObjectNode details) {}

    /** How many operations ended how. */
    static final class Tally {
        private int ok;
        private int failed;
        private int unknown;
    }

    Recorder(Timeline timeline, Workload<I, O> workload) {
        this.timeline = timeline;
        this.workload = workload;
    }

    Open<I> invoke(int process, I input) {
        var operation = new Open<>(invoked++, process, input, timeline.nowNanos());
        open.put(operation.index, operation);
        var said = new Said(workload.inputValue(input), Optional.empty(), workload.inputDetails(input));
        event(HistoryEvent.Type.INVOKE, operation, said);
        return operation;
    }

    void complete(Open<I> operation, Outcome<O> outcome) {
        open.remove(operation.index);
        completed.add(new Operation<>(
                operation.index,
                operation.process,
                operation.input,
                operation.invokedNanos,
                outcome,
                timeline.nowNanos()));
        switch (outcome) {
            case Outcome.Ok<O>(O output) -> {
                tally.ok++;
                var value = workload.outputValue(operation.input, output);
                event(
                        HistoryEvent.Type.OK,
                        operation,
                        new Said(value, Optional.empty(), workload.outputDetails(output)));
            }
            case Outcome.Failed<O>(RpcError error) -> {
                tally.failed++;
                event(HistoryEvent.Type.FAIL, operation, unserved(operation, error));
            }
            case Outcome.Unknown<O>(RpcError error) -> {
                tally.unknown++;
                event(HistoryEvent.Type.INFO, operation, unserved(operation, error));
            }
        }
    }

    /** Notes that a client broke down between two operations: no operation of its own, but people want to see it. */
    void crash(int process) {
        for (var type : List.of(HistoryEvent.Type.INVOKE, HistoryEvent.Type.INFO)) {
            events.add(new HistoryEvent(
                    timeline.nowNanos(),
                    type,
                    Integer.toString(process),
                    HistoryEvent.CRASH,
                    NullNode.getInstance(),
                    Optional.empty()));
        }
    }

    /** Ends what is under way: nobody will know what became of it. */
    void abandon() {
        for (var operation : List.copyOf(open.values())) {
            complete(operation, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, "the run ended first")));
        }
    }

    void nemesis(Nemesis.Step step) {
        String function = (step.begins() ? "start-" : "stop-") + step.fault();
        events.add(new HistoryEvent(
                timeline.nowNanos(),
                HistoryEvent.Type.INFO,
                HistoryEvent.NEMESIS,
                function,
                TextNode.valueOf(step.description()),
                step.error()));
    }

    private static Optional<String> describe(RpcError error) {
        return Optional.of(error.text().isEmpty() ? error.code().toString() : error.code() + ": " + error.text());
    }

    private Said unserved(Open<I> operation, RpcError error) {
        return new Said(workload.inputValue(operation.input), describe(error), workload.inputDetails(operation.input));
    }

    private void event(HistoryEvent.Type type, Open<I> operation, Said said) {
        String process = Integer.toString(operation.process);
        String function = workload.function(operation.input);
        events.add(
                new HistoryEvent(timeline.nowNanos(), type, process, function, said.value, said.error, said.details));
    }

    /** All operations that have ended, in order of invocation. */
    List<Operation<I, O>> history() {
        var result = new ArrayList<>(completed);
        result.sort((a, b) -> Integer.compare(a.index(), b.index()));
        return result;
    }

    List<HistoryEvent> events() {
        return events;
    }

    int invoked() {
        return invoked;
    }

    int ok() {
        return tally.ok;
    }

    int failed() {
        return tally.failed;
    }

    int unknown() {
        return tally.unknown;
    }
}
