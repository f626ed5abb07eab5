package dev.gyre.maelstrom.analyze;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Makes operations of lines: each invocation with the completion of the same process. */
final class Pairing<I, O, V> {
    private final Values<I, O, V> values;
    private final SequencedMap<Integer, Open<I, V>> open = new TreeMap<>();
    private final List<Operation<I, O>> operations = new ArrayList<>();
    private int invoked;
    private long nowNanos;

    /** What values mean. */
    interface Values<I, O, V> {
        I input(Line<V> invocation) throws UnreadableFile;

        O output(I input, Line<V> completion) throws UnreadableFile;
    }

    private record Open<I, V>(int index, Line<V> line, I input) {}

    private Pairing(Values<I, O, V> values) {
        this.values = values;
    }

    /**
     * The operations of a history, in order of invocation. What was never completed is unknown, as in Jepsen.
     *
     * @throws UnreadableFile when lines do not fit together; the message names the line
     */
    static <I, O, V> List<Operation<I, O>> operations(List<Line<V>> lines, Values<I, O, V> values)
            throws UnreadableFile {
        var pairing = new Pairing<I, O, V>(values);
        for (var line : lines) {
            pairing.nowNanos = Math.max(pairing.nowNanos, line.atNanos());
            if (line.type() == HistoryEvent.Type.INVOKE) {
                pairing.invoke(line);
            } else {
                pairing.complete(line);
            }
        }
        for (var left : pairing.open.values()) {
            pairing.add(left, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, "the history ends first")));
        }
        pairing.operations.sort(Comparator.comparingInt(Operation::index));
        return pairing.operations;
    }

    private void invoke(Line<V> line) throws UnreadableFile {
        var other = open.get(line.process());
        if (other != null) {
            throw new UnreadableFile(line.where() + ": process " + line.process() + " invokes " + line.function()
                    + ", but its " + other.line.function() + " of " + other.line.where()
                    + " is not completed; a process does one thing at a time");
        }
        open.put(line.process(), new Open<>(invoked++, line, values.input(line)));
    }

    private void complete(Line<V> line) throws UnreadableFile {
        var invocation = open.remove(line.process());
        if (invocation == null) {
            throw new UnreadableFile(line.where() + ": process " + line.process() + " completes " + line.function()
                    + ", which it has not invoked; is the beginning of the history missing?");
        }
        if (!invocation.line.function().equals(line.function())) {
            throw new UnreadableFile(line.where() + ": process " + line.process() + " completes " + line.function()
                    + ", but it invoked " + invocation.line.function() + " in " + invocation.line.where());
        }
        add(
                invocation,
                switch (line.type()) {
                    case OK -> new Outcome.Ok<>(values.output(invocation.input, line));
                    case FAIL -> new Outcome.Failed<>(line.error());
                    default -> new Outcome.Unknown<>(line.error());
                });
    }

    private void add(Open<I, V> invocation, Outcome<O> outcome) {
        operations.add(new Operation<>(
                invocation.index,
                invocation.line.process(),
                invocation.input,
                invocation.line.atNanos(),
                outcome,
                nowNanos));
    }
}
