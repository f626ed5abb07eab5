package dev.gyre.maelstrom.analyze;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel.Cas;
import dev.gyre.core.checker.RegisterModel.Done;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.Read;
import dev.gyre.core.checker.RegisterModel.Write;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.edn.EdnValue;
import dev.gyre.maelstrom.edn.EdnValue.Listing;
import dev.gyre.maelstrom.edn.EdnValue.Vector;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads operations on registers: {@code :read nil} or what was read, {@code :write v}, {@code :cas [from to]}; or each of
 * these with a key, {@code [k v]}, as Jepsen's {@code independent} writes them.
 *
 * @param keyed whether values have keys
 */
record CasRegister(boolean keyed) implements Pairing.Values<Keyed<String, Input<String>>, Output<String>, EdnValue> {
    /** Judges a history: all of its values have keys, or none has one. */
    static CheckResult check(List<Operation<Keyed<String, Input<String>>, Output<String>>> history, boolean keyed) {
        if (keyed) {
            return PerKey.check(history, ofKey -> Linearizability.check(new NilRegister(), ofKey));
        }
        var all = new ArrayList<Operation<Input<String>, Output<String>>>();
        for (var operation : history) {
            all.add(new Operation<>(
                    operation.index(),
                    operation.process(),
                    operation.input().input(),
                    operation.invokedNanos(),
                    operation.outcome(),
                    operation.completedNanos()));
        }
        return Linearizability.check(new NilRegister(), all);
    }

    /** The reader for a history: keys are there when every value can be a pair of a key and a value. */
    static CasRegister of(List<Line<EdnValue>> lines) {
        return new CasRegister(!lines.isEmpty() && lines.stream().allMatch(CasRegister::mayHaveKey));
    }

    private static boolean mayHaveKey(Line<EdnValue> line) {
        var pair = elements(line.value());
        return pair.size() == 2
                && (!line.function().equals("cas") || elements(pair.get(1)).size() == 2);
    }

    @Override
    public Keyed<String, Input<String>> input(Line<EdnValue> line) throws UnreadableFile {
        var value = value(line);
        Input<String> input = switch (line.function()) {
            case "read" -> new Read<>();
            case "write" -> new Write<>(value.toString());
            case "cas" -> {
                var pair = elements(value);
                if (pair.size() != 2) {
                    throw new UnreadableFile(
                            line.where() + ": the :value of :cas is [from to], not " + Shown.of(value));
                }
                yield new Cas<>(pair.get(0).toString(), pair.get(1).toString());
            }
            default ->
                throw new UnreadableFile(line.where() + ": cas-register has :read, :write and :cas, not :"
                        + line.function() + "; say what the history is about with --model");
        };
        return new Keyed<>(keyed ? elements(line.value()).get(0).toString() : "", input);
    }

    @Override
    public Output<String> output(Keyed<String, Input<String>> input, Line<EdnValue> line) {
        return input.input() instanceof Read ? NilRegister.holding(value(line).toString()) : new Done<>();
    }

    private EdnValue value(Line<EdnValue> line) {
        return keyed ? elements(line.value()).get(1) : line.value();
    }

    /** The elements of a vector or a list; none of anything else. */
    static List<EdnValue> elements(EdnValue value) {
        return switch (value) {
            case Vector(var elements) -> elements;
            case Listing(var elements) -> elements;
            case EdnValue.Tagged(var tag, var tagged) -> elements(tagged);
            default -> List.of();
        };
    }
}
