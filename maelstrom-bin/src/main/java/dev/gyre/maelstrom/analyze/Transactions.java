package dev.gyre.maelstrom.analyze;

import dev.gyre.core.checker.elle.ListOp;
import dev.gyre.core.checker.elle.RegisterOp;
import dev.gyre.maelstrom.edn.EdnValue;
import dev.gyre.maelstrom.edn.EdnValue.Int;
import dev.gyre.maelstrom.edn.EdnValue.Keyword;
import dev.gyre.maelstrom.edn.EdnValue.Nil;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads transactions, such as {@code [[:append 3 1] [:r 3 nil]]}.
 *
 * @param <M> an operation in a transaction
 */
abstract class Transactions<M> implements Pairing.Values<List<M>, List<M>, EdnValue> {
    /** Of lists. */
    static final class OfLists extends Transactions<ListOp> {
        @Override
        ListOp part(Line<EdnValue> line, String function, String key, EdnValue value) throws UnreadableFile {
            return switch (function) {
                case "append" -> ListOp.append(key, integer(line, value));
                case "r" -> {
                    var elements = new ArrayList<Long>();
                    if (!(value instanceof Nil
                            || value instanceof EdnValue.Vector
                            || value instanceof EdnValue.Listing)) {
                        throw wrong(line, "what :r has read is nil or a vector of integers, not " + Shown.of(value));
                    }
                    for (var element : CasRegister.elements(value)) {
                        elements.add(integer(line, element));
                    }
                    yield new ListOp.Read(key, elements);
                }
                default -> throw wrong(line, "list-append has :append and :r, not :" + function);
            };
        }
    }

    /** Of registers. */
    static final class OfRegisters extends Transactions<RegisterOp> {
        @Override
        RegisterOp part(Line<EdnValue> line, String function, String key, EdnValue value) throws UnreadableFile {
            return switch (function) {
                case "w" -> RegisterOp.write(key, integer(line, value));
                case "r" -> value instanceof Nil ? RegisterOp.read(key) : RegisterOp.read(key, integer(line, value));
                default -> throw wrong(line, "rw-register has :w and :r, not :" + function);
            };
        }
    }

    abstract M part(Line<EdnValue> line, String function, String key, EdnValue value) throws UnreadableFile;

    @Override
    public List<M> input(Line<EdnValue> invocation) throws UnreadableFile {
        return parts(invocation);
    }

    @Override
    public List<M> output(List<M> input, Line<EdnValue> completion) throws UnreadableFile {
        return parts(completion);
    }

    private List<M> parts(Line<EdnValue> line) throws UnreadableFile {
        if (!line.function().equals("txn")) {
            throw wrong(line, "transactions are :txn, not :" + line.function());
        }
        var parts = new ArrayList<M>();
        if (!(line.value() instanceof EdnValue.Vector || line.value() instanceof EdnValue.Listing)) {
            throw wrong(line, "the :value of :txn is a vector of [f key value], not " + Shown.of(line.value()));
        }
        for (var part : CasRegister.elements(line.value())) {
            var three = CasRegister.elements(part);
            if (three.size() != 3 || !(three.get(0) instanceof Keyword(String function))) {
                throw wrong(line, "an operation in a transaction is [f key value], not " + Shown.of(part));
            }
            parts.add(part(line, function, three.get(1).toString(), three.get(2)));
        }
        return List.copyOf(parts);
    }

    static long integer(Line<EdnValue> line, EdnValue value) throws UnreadableFile {
        if (value instanceof Int(var number) && number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        throw wrong(line, "values in transactions are integers of 64 bits, not " + Shown.of(value));
    }

    static UnreadableFile wrong(Line<EdnValue> line, String problem) {
        return new UnreadableFile(line.where() + ": " + problem);
    }
}
