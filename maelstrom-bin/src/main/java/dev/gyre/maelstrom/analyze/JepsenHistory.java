package dev.gyre.maelstrom.analyze;

import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.ListAppendChecker;
import dev.gyre.core.checker.elle.RwRegisterChecker;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.edn.EdnValue;
import dev.gyre.maelstrom.edn.EdnValue.Keyword;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Judges a history in a file of Jepsen's. */
public final class JepsenHistory {
    private final Path file;
    private final List<Line<EdnValue>> lines;

    private JepsenHistory(Path file, List<Line<EdnValue>> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableFile when it cannot be read or is no history; the message names the line and the column
     */
    public static JepsenHistory read(Path file) throws UnreadableFile {
        return new JepsenHistory(file, JepsenFile.read(file));
    }

    /**
     * What the history is about, as its operations tell.
     *
     * @throws UnreadableFile when they do not
     */
    public JepsenModel inferred() throws UnreadableFile {
        boolean reads = false;
        for (var line : lines) {
            switch (line.function()) {
                case "read", "write", "cas" -> {
                    return JepsenModel.CAS_REGISTER;
                }
                case "txn" -> {
                    for (var part : CasRegister.elements(line.value())) {
                        var model = inferred(CasRegister.elements(part));
                        if (model.isPresent()) {
                            return model.get();
                        }
                    }
                    reads = true;
                }
                default ->
                    throw new UnreadableFile(line.where() + ": :f :" + line.function()
                            + " belongs to none of the models; there are: " + String.join(", ", JepsenModel.labels()));
            }
        }
        if (reads) {
            return JepsenModel.RW_REGISTER; // it has only reads that saw nothing: to any model the same
        }
        throw new UnreadableFile(file + " has no operations of clients; is it a history?");
    }

    private static Optional<JepsenModel> inferred(List<EdnValue> part) {
        if (part.size() != 3 || !(part.get(0) instanceof Keyword(String function))) {
            return Optional.empty();
        }
        return switch (function) {
            case "append" -> Optional.of(JepsenModel.LIST_APPEND);
            case "w" -> Optional.of(JepsenModel.RW_REGISTER);
            default -> part.get(2) instanceof EdnValue.Vector ? Optional.of(JepsenModel.LIST_APPEND) : Optional.empty();
        };
    }

    /**
     * Judges the history.
     *
     * @param models what transactions must hold to
     * @throws UnreadableFile when an operation does not belong to the model, or lines do not fit together
     */
    public Results judge(JepsenModel model, Set<ConsistencyModel> models) throws UnreadableFile {
        return switch (model) {
            case CAS_REGISTER -> {
                var reader = CasRegister.of(lines);
                var history = Pairing.operations(lines, reader);
                yield Results.of(CasRegister.check(history, reader.keyed()), counts(history));
            }
            case LIST_APPEND -> {
                var history = Pairing.operations(lines, new Transactions.OfLists());
                yield Results.of(new ListAppendChecker(models).check(history), counts(history));
            }
            case RW_REGISTER -> {
                var history = Pairing.operations(lines, new Transactions.OfRegisters());
                yield Results.of(new RwRegisterChecker(models).check(history), counts(history));
            }
        };
    }

    private static <I, O> SequencedMap<String, Object> counts(List<Operation<I, O>> history) {
        long ok = history.stream().filter(Operation::isOk).count();
        long unknown = history.stream().filter(Operation::isUnknown).count();
        var map = new LinkedHashMap<String, Object>();
        map.put("count", history.size());
        map.put("ok-count", ok);
        map.put("fail-count", history.size() - ok - unknown);
        map.put("info-count", unknown);
        return map;
    }
}
