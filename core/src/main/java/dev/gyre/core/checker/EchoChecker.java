package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Checks that every reply to an echo equals its request. */
public final class EchoChecker {
    /** Mismatches listed in the details; all are counted, but a broken node makes as many as there are operations. */
    private static final int ERRORS_MAX = 32;

    private EchoChecker() {}

    /**
     * Judges a history of echoes. Without a single reply the verdict is {@link Validity#UNKNOWN}.
     *
     * @param <T> what is echoed; compared by {@code equals}
     * @param history the operations, in order of invocation
     * @return the verdict, with {@code attempted-count acknowledged-count error-count errors}
     */
    public static <T> CheckResult check(List<Operation<T, T>> history) {
        var mismatches = new ArrayList<Operation<T, T>>();
        int acknowledged = 0;
        for (var operation : history) {
            if (operation.outcome() instanceof Outcome.Ok<T>(T reply)) {
                acknowledged++;
                if (!reply.equals(operation.input())) {
                    mismatches.add(operation);
                }
            }
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("attempted-count", history.size());
        details.put("acknowledged-count", acknowledged);
        details.put("error-count", mismatches.size());
        details.put(
                "errors",
                mismatches.stream().limit(ERRORS_MAX).map(EchoChecker::describe).toList());
        if (!mismatches.isEmpty()) {
            return new CheckResult(Validity.INVALID, describe(mismatches.getFirst()), details);
        }
        if (acknowledged == 0) {
            return new CheckResult(Validity.UNKNOWN, "No echo was answered, so there is nothing to judge.", details);
        }
        String sentence =
                Phrases.count(acknowledged, "echo reply", "echo replies") + " checked: each equals its request.";
        return new CheckResult(Validity.VALID, sentence, details);
    }

    private static <T> String describe(Operation<T, T> mismatch) {
        return "Asked to echo " + mismatch.input() + ", the node replied "
                + mismatch.outcome().orThrow() + " " + Phrases.where(mismatch) + ".";
    }
}
