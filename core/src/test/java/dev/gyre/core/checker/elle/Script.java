package dev.gyre.core.checker.elle;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Histories written by hand: a line a transaction, in order of invocation, such as {@code p0 0-5 ok a x 1; r x 1 2}.
 * First the process, then the times of invocation and completion, then ok, unknown or failed, then the parts: of lists
 * {@code a key element} and {@code r key elements…}; of registers {@code w key value} and {@code r key value}, with _
 * for nothing.
 */
final class Script {
    private Script() {}

    static List<Operation<List<ListOp>, List<ListOp>>> lists(String text) {
        return parse(text, Script::listOp, op -> op instanceof ListOp.Read ? ListOp.read(op.key()) : op);
    }

    static List<Operation<List<RegisterOp>, List<RegisterOp>>> registers(String text) {
        return parse(text, Script::registerOp, op -> op instanceof RegisterOp.Read ? RegisterOp.read(op.key()) : op);
    }

    private static <M> List<Operation<List<M>, List<M>>> parse(
            String text, Function<List<String>, M> part, Function<M, M> asked) {
        var history = new ArrayList<Operation<List<M>, List<M>>>();
        for (String line : text.strip().split("\n", -1)) {
            var words = words(line);
            var parts = new ArrayList<M>();
            for (String one : String.join(" ", words.subList(3, words.size())).split(";", -1)) {
                if (!one.isBlank()) {
                    parts.add(part.apply(words(one)));
                }
            }
            var times = words.get(1).split("-", -1);
            history.add(new Operation<>(
                    history.size(),
                    Integer.parseInt(words.get(0).substring(1)),
                    parts.stream().map(asked).toList(),
                    Long.parseLong(times[0]),
                    outcome(words.get(2), parts),
                    Long.parseLong(times[1])));
        }
        return history;
    }

    static <M> Outcome<List<M>> outcome(String word, List<M> parts) {
        return switch (word) {
            case "ok" -> new Outcome.Ok<>(List.copyOf(parts));
            case "unknown" -> Outcome.of(new RpcError(ErrorCode.TIMEOUT, ""));
            case "failed" -> Outcome.of(new RpcError(ErrorCode.TXN_CONFLICT, ""));
            default -> throw new IllegalArgumentException("ok, unknown or failed, not " + word);
        };
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }

    private static ListOp listOp(List<String> words) {
        return words.get(0).equals("a")
                ? ListOp.append(words.get(1), Long.parseLong(words.get(2)))
                : ListOp.read(
                        words.get(1),
                        words.subList(2, words.size()).stream()
                                .mapToLong(Long::parseLong)
                                .toArray());
    }

    private static RegisterOp registerOp(List<String> words) {
        if (words.get(0).equals("w")) {
            return RegisterOp.write(words.get(1), Long.parseLong(words.get(2)));
        }
        var value = words.get(2).equals("_") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words.get(2)));
        return new RegisterOp.Read(words.get(1), value);
    }
}
